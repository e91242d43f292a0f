using System.Reflection;
using ModelGen.Cpu;
using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.CSharp;

/// <summary>What a generated workspace does with a sample.</summary>
internal delegate ReadOnlySpan<float> SampleForward(ReadOnlySpan<float> input);

/// <summary>A network in plain C#, and TorchSharp's in float64 as its referee, with the same weights.</summary>
internal sealed class Twins : IDisposable
{
    private readonly Assembly _assembly;

    public Twins(TwinSpec spec, Assembly assembly, int seed)
    {
        (Spec, _assembly) = (spec, assembly);
        LibTorch.Configure(1, seed);
        Torch = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(assembly.GetType("Demo." + spec.TorchName)!)!;
        CSharp = (Network)Activator.CreateInstance(TypeOf(""), 1)!;
        Assert.Equal(ModuleState.Tensors(Torch).Select(item => item.Name), CSharp.Parameters.Select(parameter => parameter.Name));
        Disturb();
        Torch.to(float64); // Only now: float32 holds all that the twin is to get.
        CopyWeights();
    }

    public TwinSpec Spec { get; }

    /// <summary>TorchSharp's, in float64.</summary>
    public nn.Module<Tensor, Tensor> Torch { get; }

    /// <summary>The one in plain C#, in float32.</summary>
    public Network CSharp { get; }

    /// <summary>A generated type of the network in plain C#; itself for an empty name.</summary>
    public Type TypeOf(string name) => _assembly.GetType($"Demo.{Spec.CSharpName}{(name.Length == 0 ? "" : "+" + name)}")!;

    /// <summary>An input that follows from the seed.</summary>
    public Tensor Input(long batch, int seed)
    {
        random.manual_seed(seed);
        var input = Spec.Graph.Input;
        return input.IsIndices ? randint(5, [batch, .. input.Sizes]) : randn([batch, .. input.Sizes]);
    }

    /// <summary>What the referee gives as a network that no longer learns.</summary>
    public double[] Expected(Tensor input)
    {
        using var noGradients = no_grad();
        Torch.eval();
        return Values(Torch.call(Typed(input)));
    }

    /// <summary>What the plain C# gives, sample by sample.</summary>
    public float[] Actual(Tensor input)
    {
        var workspace = Activator.CreateInstance(TypeOf("Workspace"), CSharp)!;
        var forward = workspace.GetType().GetMethod("Forward")!.CreateDelegate<SampleForward>(workspace);
        var values = input.to(float32).data<float>().ToArray();
        return [.. values.Chunk((int)Spec.Graph.Input.ElementCount).SelectMany(sample => forward(sample).ToArray())];
    }

    /// <summary>Makes what flows through a deep network keep its size, so that the input counts at the end: PyTorch's first weights shrink it in each layer.</summary>
    public void Strengthen()
    {
        using var noGradients = no_grad();
        foreach (var (name, tensor) in ModuleState.Tensors(Torch))
        {
            if (tensor.dim() > 1)
                tensor.mul_(2.5);
            else if (name.EndsWith("bias", StringComparison.Ordinal))
                tensor.mul_(0.25);
        }

        CopyWeights();
    }

    /// <summary>Gives the plain C# the referee's weights and statistics.</summary>
    public void CopyWeights()
    {
        foreach (var (parameter, tensor) in CSharp.Parameters.Zip(ModuleState.Tensors(Torch).Select(item => item.Tensor)))
        {
            if (parameter.IsCount)
                parameter.Count = tensor.item<long>();
            else
                tensor.detach().to(float32).contiguous().data<float>().ToArray().CopyTo(parameter.Values, 0);
        }
    }

    private Tensor Typed(Tensor input) => Spec.Graph.Input.IsIndices ? input : input.to(float64);

    public static double[] Values(Tensor tensor) => tensor.detach().to(float64).contiguous().data<double>().ToArray();

    public void Dispose() => Torch.Dispose();

    // Norms start as ones, zeros, no mean and a variance of 1, which would hide what they do.
    private void Disturb()
    {
        using var noGradients = no_grad();
        foreach (var (name, tensor) in ModuleState.Tensors(Torch).Where(item => item.Tensor.is_floating_point()))
        {
            if (name.EndsWith("running_var", StringComparison.Ordinal))
                tensor.uniform_(0.5, 2);
            else
                tensor.add_(randn_like(tensor) * (tensor.dim() > 1 ? 0.01 : 0.2));
        }
    }
}
