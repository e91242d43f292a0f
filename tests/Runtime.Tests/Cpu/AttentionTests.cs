using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Attention gives what the other backend's gives.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class AttentionTests
{
    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void A_sequence_that_sees_itself(int lanes) => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 4], Gen.Int[1, 12], Gen.Bool, Gen.Bool).Sample(
        (length, heads, size, hasBias, isCausal) =>
        {
            (Layer.Length, Layer.Seen, Layer.Heads, Layer.Features, Layer.HasBias, Layer.IsCausal) = (length, length, heads, heads * size, hasBias, isCausal);
            Check(lanes);
        },
        iter: 40,
        threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void A_sequence_that_sees_another_one(int lanes) => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 4], Gen.Int[1, 12], Gen.Bool).Sample(
        (length, seen, heads, size, hasBias) =>
        {
            (Layer.Length, Layer.Seen, Layer.Heads, Layer.Features, Layer.HasBias, Layer.IsCausal) = (length, seen, heads, heads * size, hasBias, false);
            Check(lanes);
        },
        iter: 40,
        threads: 1);

    private static void Check(int lanes)
    {
        using var scope = NewDisposeScope();
        using var module = new ModelGen.Torch.MultiHeadAttention(Layer.Features, Layer.Heads, bias: Layer.HasBias, causal: Layer.IsCausal);
        module.to(float64);
        var (x, features) = (Referee.Values(Layer.Length * Layer.Features, 1), Layer.Features);
        var memory = Layer.IsCausal ? x : Referee.Values(Layer.Seen * features, 2);
        var (inputWeight, outputWeight) = (Referee.Values(3 * features * features, 3), Referee.Values(features * features, 4));
        var (inputBias, outputBias) = (Layer.HasBias ? Referee.Values(3 * features, 5) : [], Layer.HasBias ? Referee.Values(features, 6) : []);
        using var noGradients = no_grad();
        foreach (var (name, values) in new[] { ("in_proj_weight", inputWeight), ("in_proj_bias", inputBias), ("out_proj.weight", outputWeight), ("out_proj.bias", outputBias) }.Where(item => item.Item2.Length > 0))
            module.state_dict()[name].copy_(tensor(values).reshape(module.state_dict()[name].shape));

        var (prepared, scratch, y) = (Referee.Unwritten(MultiHeadAttention<Layer>.PreparedLength), Referee.Unwritten(MultiHeadAttention<Layer>.ScratchLength), Referee.Unwritten(x.Length));
        MultiHeadAttention<Layer>.Prepare(inputWeight, inputBias, outputWeight, outputBias, prepared);
        MultiHeadAttention<Layer>.Forward(x, memory, prepared, y, scratch, lanes);

        var (asking, seen) = (tensor(x).to(float64).reshape(1, Layer.Length, features), tensor(memory).to(float64).reshape(1, Layer.Seen, features));
        Referee.AssertClose(module.call(asking, seen, null), y);
    }

    private readonly struct Layer : IMultiHeadAttention
    {
        public static int Length { get; set; }

        public static int Seen { get; set; }

        public static int Features { get; set; }

        public static int Heads { get; set; }

        public static bool HasBias { get; set; }

        public static bool IsCausal { get; set; }
    }
}
