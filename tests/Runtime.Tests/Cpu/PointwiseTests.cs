using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Cpu.Simd;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Activations give what PyTorch's give, with vectors of every width.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class PointwiseTests
{
    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Activations_and_their_gradients_are_those_of_PyTorch(int lanes)
    {
        Check<Identity>(x => x * 1, lanes);
        Check<ReLU>(x => nn.functional.relu(x), lanes);
        Check<ReLU6>(x => nn.functional.relu6(x), lanes);
        Check<Sigmoid>(x => nn.functional.sigmoid(x), lanes);
        Check<Tanh>(x => x.tanh(), lanes);
        Check<SiLU>(x => nn.functional.silu(x), lanes);
        Check<Mish>(x => nn.functional.mish(x), lanes);
        Check<GELU>(x => nn.functional.gelu(x), lanes);
        Check<GELUTanh>(x => 0.5 * x * (1 + (Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x.pow(3)))).tanh()), lanes);
        Check<SELU>(x => nn.functional.selu(x), lanes);
        Check<Hardsigmoid>(x => nn.functional.hardsigmoid(x), lanes);
        Check<Hardswish>(x => nn.functional.hardswish(x), lanes);
    }

    [Theory, MemberData(nameof(Widths))]
    public void So_are_those_with_a_setting(int lanes)
    {
        Check<LeakyReLU<Default>>(x => nn.functional.leaky_relu(x, 0.01), lanes);
        Check<ELU<Default>>(x => nn.functional.elu(x, 1), lanes);
        Check<CELU<Default>>(x => nn.functional.celu(x, 1), lanes);
        Check<Softplus<Default>>(x => nn.functional.softplus(x, 1, 20), lanes);
        Check<LeakyReLU<Set>>(x => nn.functional.leaky_relu(x, 0.2), lanes);
        Check<ELU<Set>>(x => nn.functional.elu(x, 0.7), lanes);
        Check<CELU<Set>>(x => nn.functional.celu(x, 0.7), lanes);
        Check<Softplus<Set>>(x => nn.functional.softplus(x, 2, 3), lanes);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Rectifiers_have_the_same_gradient_by_their_output(int lanes)
    {
        CheckByOutput<ReLU>(lanes);
        CheckByOutput<ReLU6>(lanes);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Values_near_zero_keep_their_digits(int lanes)
    {
        CheckNear<Tanh>(Math.Tanh, lanes);
        CheckNear<ELU<Default>>(x => x > 0 ? x : x + (x * x / 2), lanes);
        CheckNear<GELU>(x => x * (0.5 + (x / Math.Sqrt(2 * Math.PI))), lanes);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Values_far_from_zero_stay_finite(int lanes)
    {
        AssertFinite<Sigmoid>(lanes);
        AssertFinite<Tanh>(lanes);
        AssertFinite<SiLU>(lanes);
        AssertFinite<Mish>(lanes);
        AssertFinite<GELU>(lanes);
        AssertFinite<GELUTanh>(lanes);
        AssertFinite<SELU>(lanes);
        AssertFinite<ELU<Set>>(lanes);
        AssertFinite<CELU<Set>>(lanes);
        AssertFinite<Softplus<Set>>(lanes);
    }

    [Theory, MemberData(nameof(Widths))]
    public void The_exponential_is_right_to_the_last_digit(int lanes)
    {
        float[] x = [.. Enumerable.Range(-8_700, 17_500).Select(i => i / 100f)];
        Assert.All(x.Zip(Exponentials(x, lanes)), pair => Assert.Equal(1, pair.Second / Math.Exp(pair.First), 2e-7));
        Assert.Equal([float.PositiveInfinity, float.PositiveInfinity, 0, 0, float.NaN], Exponentials([89, float.PositiveInfinity, -110, float.NegativeInfinity, float.NaN], lanes));
        Assert.Equal(Math.Exp(-95), Exponentials([-95], lanes)[0], 1e-44); // a number with few digits, below the least normal one
    }

    private static float[] Exponentials(float[] x, int lanes)
    {
        var y = Referee.Unwritten(x.Length);
        Elementwise.Map<Exponential>(x, y, lanes);
        return y;
    }

    private readonly struct Exponential : IActivation
    {
        static TVector IActivation.Value<TLanes, TVector>(TVector x) => Functions.Exp<TLanes, TVector>(x);

        static TVector IActivation.Derivative<TLanes, TVector>(TVector x) => Functions.Exp<TLanes, TVector>(x);
    }

    private static void Check<TActivation>(Func<Tensor, Tensor> referee, int lanes)
        where TActivation : struct, IActivation => Gen.Int[1, 70].Sample(
        length =>
        {
            using var scope = NewDisposeScope();
            Layer.Length = length;
            var (x, dy) = (Referee.Values(length, length).Select(value => 7 * value).ToArray(), Referee.Values(length, 1));
            var (y, dx) = (Referee.Unwritten(length), Referee.Unwritten(length));
            Pointwise<Layer, TActivation>.Forward(x, y, lanes);
            Pointwise<Layer, TActivation>.Backward(dy, x, dx, lanes);

            var input = Referee.Tensor(x, length);
            var output = referee(input);
            (output * tensor(dy)).sum().backward();
            Referee.AssertClose(output, y);
            Referee.AssertClose(input.grad!, dx);
        },
        iter: 30,
        threads: 1);

    private static void CheckByOutput<TActivation>(int lanes)
        where TActivation : struct, IActivation
    {
        float[] x = [-7, -1, -1e-30f, -0f, 0, 1e-30f, 1, 5.999999f, 6, 6.000001f, 9, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 2, 3, 4];
        Layer.Length = x.Length;
        var (dy, y, byInput, byOutput) = (Referee.Values(x.Length, 1), Referee.Unwritten(x.Length), Referee.Unwritten(x.Length), Referee.Unwritten(x.Length));
        Pointwise<Layer, TActivation>.Forward(x, y, lanes);
        Pointwise<Layer, TActivation>.Backward(dy, x, byInput, lanes);
        Pointwise<Layer, TActivation>.Backward(dy, y, byOutput, lanes);
        Assert.Equal(byInput, byOutput);
    }

    private static void CheckNear<TActivation>(Func<double, double> exact, int lanes)
        where TActivation : struct, IActivation
    {
        float[] x = [1e-3f, -1e-3f, 3e-5f, -3e-5f, 1e-7f, -1e-7f];
        Layer.Length = x.Length;
        var y = Referee.Unwritten(x.Length);
        Pointwise<Layer, TActivation>.Forward(x, y, lanes);
        Assert.All(x.Zip(y), pair => Assert.Equal(1, pair.Second / exact(pair.First), 1e-6));
    }

    private static void AssertFinite<TActivation>(int lanes)
        where TActivation : struct, IActivation
    {
        float[] x = [1e4f, -1e4f, 100, -100, 88.8f, -88.8f, 50, -50, 1e9f, -1e9f];
        Layer.Length = x.Length;
        var (y, dx) = (Referee.Unwritten(x.Length), Referee.Unwritten(x.Length));
        Pointwise<Layer, TActivation>.Forward(x, y, lanes);
        Pointwise<Layer, TActivation>.Backward(x.Select(_ => 1f).ToArray(), x, dx, lanes);
        Assert.All(y.Concat(dx), value => Assert.True(float.IsFinite(value)));
    }

    private readonly struct Layer : IPointwise
    {
        public static int Length { get; set; }
    }

    private readonly struct Default : ILeakyReLU, IELU, ICELU, ISoftplus;

    private readonly struct Set : ILeakyReLU, IELU, ICELU, ISoftplus
    {
        public static double NegativeSlope => 0.2;

        public static double Alpha => 0.7;

        public static double Beta => 2;

        public static double Threshold => 3;
    }
}
