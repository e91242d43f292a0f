using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Recurrent layers give what TorchSharp's give.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class RecurrentTests
{
    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Lstm(int lanes) => Sample(lanes, Check<LSTMCell, TorchSharp.Modules.LSTM>(
        () => nn.LSTM(Layer.InputSize, Layer.HiddenSize, Layer.NumLayers, Layer.HasBias, true, 0, Layer.IsBidirectional), Recurrent.Sequence, Recurrent.Last));

    [Theory, MemberData(nameof(Widths))]
    public void Gru(int lanes) => Sample(lanes, Check<GRUCell, TorchSharp.Modules.GRU>(
        () => nn.GRU(Layer.InputSize, Layer.HiddenSize, Layer.NumLayers, Layer.HasBias, true, 0, Layer.IsBidirectional), Recurrent.Sequence, Recurrent.Last));

    [Theory, MemberData(nameof(Widths))]
    public void Rnn(int lanes) => Sample(lanes, Check<RNNCell<Tanh>, TorchSharp.Modules.RNN>(
        () => nn.RNN(Layer.InputSize, Layer.HiddenSize, Layer.NumLayers, nn.NonLinearities.Tanh, Layer.HasBias, true, 0, Layer.IsBidirectional), Recurrent.Sequence, Recurrent.Last));

    private static void Sample(int lanes, Action<int> check) => Gen.Select(Gen.Int[1, 6], Gen.Int[1, 9], Gen.Int[1, 20], Gen.Int[1, 3], Gen.Bool, Gen.Select(Gen.Bool, Gen.Bool)).Sample(
        (length, input, hidden, layers, hasBias, flags) =>
        {
            (Layer.Length, Layer.InputSize, Layer.HiddenSize, Layer.NumLayers, Layer.HasBias, Layer.IsBidirectional, Layer.IsLast) = (length, input, hidden, layers, hasBias, flags.Item1, flags.Item2);
            check(lanes);
        },
        iter: 30,
        threads: 1);

    private static Action<int> Check<TCell, TModule>(Func<TModule> make, Func<TModule, Tensor, Tensor> sequence, Func<TModule, Tensor, Tensor> last)
        where TCell : struct, IRecurrentCell
        where TModule : nn.Module => lanes =>
    {
        using var scope = NewDisposeScope();
        var module = make();
        float[][] tensors = [.. module.state_dict().Values.Select(value => value.detach().data<float>().ToArray())];
        module.to(float64);
        var x = Referee.Values(Layer.Length * Layer.InputSize, 1);
        var (prepared, scratch) = (Referee.Unwritten(Recurrent<Layer, TCell>.PreparedLength), Referee.Unwritten(Recurrent<Layer, TCell>.ScratchLength));
        var y = Referee.Unwritten((Layer.IsLast ? 1 : Layer.Length) * (Layer.IsBidirectional ? 2 : 1) * Layer.HiddenSize);
        Recurrent<Layer, TCell>.Prepare(tensors, prepared);
        Recurrent<Layer, TCell>.Forward(x, prepared, y, scratch, lanes);
        var input = tensor(x).to(float64).reshape(1, Layer.Length, Layer.InputSize);
        Referee.AssertClose(Layer.IsLast ? last(module, input) : sequence(module, input), y);
    };

    private readonly struct Layer : IRecurrent
    {
        public static int Length { get; set; }

        public static int InputSize { get; set; }

        public static int HiddenSize { get; set; }

        public static int NumLayers { get; set; }

        public static bool HasBias { get; set; }

        public static bool IsBidirectional { get; set; }

        public static bool IsLast { get; set; }
    }
}
