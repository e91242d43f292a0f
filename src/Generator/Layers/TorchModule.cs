using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Layers;

/// <summary>How a layer is built in TorchSharp: <c>torch.nn.Conv2d(3, 16, 5, padding: 2)</c> gives a <c>Modules.Conv2d</c>.</summary>
internal sealed record TorchModule(string Type, IReadOnlyList<string> Arguments)
{
    public static TorchModule Of(string type, params string?[] arguments) => new(type, arguments.Where(argument => argument is not null).ToArray()!);
}
