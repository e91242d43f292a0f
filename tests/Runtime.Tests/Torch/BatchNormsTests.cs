using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

[Collection(OneAfterTheOther.Name)]
public sealed class BatchNormsTests
{
    public BatchNormsTests() => LibTorch.Configure(1, 1);

    [Fact]
    public void Folding_reaches_the_blocks_inside_of_blocks_each_once_and_changes_no_output()
    {
        using var scope = NewDisposeScope();
        var inner = new Block("inner", 4);
        var outer = new Block("outer", 4, inner);
        using var network = new Block("network", 4, nn.Sequential(outer, nn.ReLU()));
        network.to(float64);
        network.call(rand(4, 4, 8, 8, float64)); // Statistics that are not those of the start.
        network.eval();
        var input = rand(2, 4, 8, 8, float64);
        var expected = network.call(input);

        BatchNorms.Fold(network);

        Assert.InRange((expected - network.call(input)).abs().max().item<double>(), 0, 1e-12);
        Assert.All(new IFoldsBatchNorm[] { network, outer, inner }, block => Assert.True(Assert.Single(block.Fused).IsFolded));
    }

    [Fact]
    public void A_folded_network_is_neither_saved_nor_loaded()
    {
        using var folder = new TempFolder();
        using var network = new Block("outer", 4, new Block("inner", 4));
        Weights.Save(network, folder["before.pth"]);

        BatchNorms.Fold(network);

        const string Refusal = "This network was folded for predicting, so its weights are not those of a state_dict: save before a Predictor takes it, and load into a new one.";
        Assert.Equal(Refusal, Assert.Throws<ModelGenException>(() => Weights.Save(network, folder["after.pth"])).Message);
        Assert.Equal(Refusal, Assert.Throws<ModelGenException>(() => Weights.Load(network, folder["before.pth"])).Message);
        Assert.False(File.Exists(folder["after.pth"]));
    }

    [Fact]
    public void A_network_without_any_stays_as_it_is()
    {
        using var network = nn.Sequential(nn.Conv2d(4, 4, 1), nn.BatchNorm2d(4));
        using var before = network.get_parameter("0.weight")!.clone();

        BatchNorms.Fold(network);

        Assert.True(before.equal(network.get_parameter("0.weight")!).all().item<bool>());
    }

    /// <summary>As the generated code has it: a convolution with its batch norm, and what stands behind them.</summary>
    private sealed class Block : nn.Module<Tensor, Tensor>, IFoldsBatchNorm
    {
        private readonly ConvBatchNorm2d _convNorm;
        private readonly nn.Module<Tensor, Tensor>? _next;

        public Block(string name, long channels, nn.Module<Tensor, Tensor>? next = null)
            : base(name)
        {
            var (conv, norm) = (nn.Conv2d(channels, channels, 3), nn.BatchNorm2d(channels));
            _convNorm = new ConvBatchNorm2d(conv, norm);
            _next = next;
            register_module("conv", conv);
            register_module("norm", norm);
            if (next is not null)
                register_module("next", next);
        }

        IReadOnlyList<ConvBatchNorm2d> IFoldsBatchNorm.Fused => [_convNorm];

        public override Tensor forward(Tensor input)
        {
            var output = _convNorm.call(input);
            return _next is null ? output : _next.call(output);
        }

        protected override void RegisterComponents()
        {
        }
    }
}
