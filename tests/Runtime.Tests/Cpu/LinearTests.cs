using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Linear layers give what PyTorch's give.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class LinearTests
{
    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Any_layer_gives_the_outputs_and_gradients_of_PyTorch(int lanes) =>
        Gen.Select(Gen.Frequency((3, Gen.Int[1, 20]), (1, Gen.Int[60, 140])), Gen.Int[1, 90], Gen.Int[1, 40], Gen.Bool).Sample(
            (rows, inputs, outputs, hasBias) => Check(rows, inputs, outputs, hasBias, lanes), iter: 150, threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void So_many_inputs_that_few_rows_stay_in_the_cache_too(int lanes) => Check(29, 12_000, 5, true, lanes);

    [Fact]
    public void A_layer_of_constants_is_the_same_layer()
    {
        float[] x = Referee.Values(6, 1), weight = Referee.Values(6, 2), bias = [1, 2], dy = [1, 2, 3, 4];
        float[] y = new float[4], sameY = new float[4], dx = new float[6], sameDx = new float[6];
        float[] weightGradient = new float[6], sameWeightGradient = new float[6], biasGradient = new float[2], sameBiasGradient = new float[2];
        var lanes = ModelGen.Cpu.Simd.Columns.Widest;

        LinearLoops.Forward(x, weight, bias, y, 2, lanes);
        LinearLoops.BackwardInput(dy, weight, dx, 2, lanes);
        LinearLoops.BackwardParameters(dy, x, 2, 0, 2, weightGradient, biasGradient, lanes);
        Linear<Small>.Forward(x, weight, bias, sameY, 2);
        Linear<Small>.BackwardInput(dy, weight, sameDx, 2);
        Linear<Small>.BackwardParameters(dy, x, 2, 0, 1, sameWeightGradient, sameBiasGradient);
        Linear<Small>.BackwardParameters(dy, x, 2, 1, 2, sameWeightGradient, sameBiasGradient);

        Assert.Equal([.. y, .. dx, .. weightGradient, .. biasGradient], (float[])[.. sameY, .. sameDx, .. sameWeightGradient, .. sameBiasGradient]);
    }

    private static void Check(int rows, int inputs, int outputs, bool hasBias, int lanes)
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias, dy) = (Referee.Values(rows * inputs, 1), Referee.Values(outputs * inputs, 2), hasBias ? Referee.Values(outputs, 3) : [], Referee.Values(rows * outputs, 4));
        var (y, dx, weightGradient, biasGradient) = (new float[dy.Length], new float[x.Length], new float[weight.Length], new float[bias.Length]);
        Array.Fill(y, float.NaN);
        Array.Fill(dx, float.NaN);
        Array.Fill(weightGradient, 1); // They are added to.
        var (input, w, b) = (Referee.Tensor(x, rows, inputs), Referee.Tensor(weight, outputs, inputs), hasBias ? Referee.Tensor(bias, outputs) : null);
        var output = nn.functional.linear(input, w, b);
        (output * tensor(dy).reshape(rows, outputs)).sum().backward();

        LinearLoops.Forward(x, weight, bias, y, rows, lanes);
        LinearLoops.BackwardInput(dy, weight, dx, rows, lanes);
        foreach (var (first, end) in new[] { (0, outputs / 3), (outputs / 3, outputs) })
            LinearLoops.BackwardParameters(dy, x, rows, first, end, weightGradient, biasGradient, lanes);

        Referee.AssertClose(output, y);
        Referee.AssertClose(input.grad!, dx);
        Referee.AssertClose(w.grad! + 1, weightGradient);
        if (b is not null)
            Referee.AssertClose(b.grad!, biasGradient);
    }

    private readonly struct Small : ILinear
    {
        public static int InFeatures => 3;

        public static int OutFeatures => 2;
    }
}
