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
        Assert.Equal([1, 1, 1], new[] { network, outer, inner }.Select(block => block.Folded));
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

        public int Folded { get; private set; }

        public override Tensor forward(Tensor input)
        {
            var output = _convNorm.call(input);
            return _next is null ? output : _next.call(output);
        }

        void IFoldsBatchNorm.FoldBatchNorm()
        {
            Folded++;
            _convNorm.Fold();
        }

        protected override void RegisterComponents()
        {
        }
    }
}
