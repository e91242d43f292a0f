using System.Reflection;
using static TorchSharp.torch;

namespace ModelGen.Tests.Passes;

/// <summary>A network of several outputs as one of a single output, [N, all values of a sample].</summary>
internal sealed class JoinedOutputs : nn.Module<Tensor, Tensor>
{
    private readonly MethodInfo _forward;
    private readonly PropertyInfo[] _outputs;

    public JoinedOutputs(nn.Module network)
        : base(nameof(JoinedOutputs))
    {
        Network = network;
        _forward = network.GetType().GetMethod("forward", [typeof(Tensor)])!;
        _outputs = [.. _forward.ReturnType.GetProperties().Where(property => property.PropertyType == typeof(Tensor))];
        register_module("network", network);
    }

    public nn.Module Network { get; }

    public override Tensor forward(Tensor input)
    {
        var output = _forward.Invoke(Network, [input]);
        return cat([.. _outputs.Select(property => ((Tensor)property.GetValue(output)!).flatten(1))], 1);
    }

    // The constructor registered the network.
    protected override void RegisterComponents()
    {
    }
}
