using ModelGen.Formats;
using ModelGen.Formats.Onnx;
using ModelGen.Specs;

namespace ModelGen.Tool.Import;

/// <summary>A value that is a function of each number of another, made by nodes of which none is a layer by itself.</summary>
/// <param name="Of">The other value.</param>
/// <param name="At">The function.</param>
/// <param name="From">The last of the nodes.</param>
internal sealed record ElementwiseValue(ImportedValue Of, Func<double, double> At, OnnxNode From) : ImportedValue(Of.Shape);

/// <summary>
/// Activations that files spell out in several nodes, each in its own way: x / 2 (1 + erf(x / sqrt(2))) has any order of factors. They are recognised by their
/// values: two of these functions differ by more than a ten-thousandth somewhere between -8 and 8.
/// </summary>
internal static class Elementwise
{
    private const double Tolerance = 2e-6;

    private static readonly (string Keyword, (string, SpecValue)[] Settings, Func<double, double> At)[] Activations =
    [
        ("gelu", [], x => x / 2 * (1 + Erf(x / Math.Sqrt(2)))),
        ("gelu", [("approximate", SpecValue.Of("tanh"))], x => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))),
        ("hardswish", [], x => x * Math.Clamp(x + 3, 0, 6) / 6),
        ("hardsigmoid", [], x => Math.Clamp(x + 3, 0, 6) / 6),
        ("silu", [], x => x / (1 + Math.Exp(-x))),
        ("sigmoid", [], x => 1 / (1 + Math.Exp(-x))),
        ("mish", [], x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        ("softplus", [], x => Math.Log(1 + Math.Exp(x))),
        ("relu6", [], x => Math.Clamp(x, 0, 6)),
    ];

    /// <summary>The function that a node makes of one value; null for any other node.</summary>
    public static ElementwiseValue? Find(OnnxImport import, OnnxNode node)
    {
        var operands = node.Inputs.Select(input => Operand(import, input)).ToList();
        var bases = operands.Where(operand => operand.Of is not null).Select(operand => operand.Of!).Distinct(ReferenceEqualityComparer.Instance).ToList();
        if (bases is not [ImportedValue of] || operands.Any(operand => operand.At is null))
            return null;
        // A layer stands for most of these when they take a value as it is.
        var isSpelt = operands.Any(operand => operand.IsSpelt);
        var hasNumber = operands.Any(operand => operand.Of is null);
        var values = operands.Select(operand => operand.At!).ToArray();
        Func<double, double>? at = (node.Operator, values) switch
        {
            ("Erf", [var x]) => t => Erf(x(t)),
            ("Exp", [var x]) => t => Math.Exp(x(t)),
            ("Neg", [var x]) => t => -x(t),
            ("Reciprocal", [var x]) => t => 1 / x(t),
            ("Sqrt", [var x]) => t => Math.Sqrt(x(t)),
            ("Pow", [var x, var y]) => t => Math.Pow(x(t), y(t)),
            ("Sub", [var x, var y]) when isSpelt || hasNumber => t => x(t) - y(t),
            ("Div", [var x, var y]) when isSpelt || hasNumber => t => x(t) / y(t),
            ("Add", [var x, var y]) when isSpelt || hasNumber => t => x(t) + y(t),
            ("Mul", [var x, var y]) => t => x(t) * y(t), // also of a value with itself, which a cube begins with
            ("Tanh", [var x]) when isSpelt => t => Math.Tanh(x(t)),
            ("Sigmoid", [var x]) when isSpelt => t => 1 / (1 + Math.Exp(-x(t))),
            ("Relu", [var x]) when isSpelt => t => Math.Max(0, x(t)),
            ("Clip", [var x, var least, var most]) when isSpelt => t => Math.Clamp(x(t), least(t), most(t)),
            _ => null,
        };
        return at is null ? null : new ElementwiseValue(of, at, node);
    }

    /// <summary>The activation that has a function's values.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static ImportedValue Resolve(OnnxImport import, ElementwiseValue value)
    {
        if (HasValues(value.At, x => x))
            return value.Of;
        foreach (var (keyword, settings, at) in Activations)
        {
            if (HasValues(value.At, at))
                return import.Add(keyword, value.Of, settings);
        }

        return HasValues(value.At, x => x * x) ? import.Add("mul", [value.Of, value.Of])
            : throw new NotSupportedException($"no activation is the function that ends in '{value.From.Outputs[0]}' ({value.From.Operator})");
    }

    private static bool HasValues(Func<double, double> at, Func<double, double> expected) =>
        Enumerable.Range(-256, 513).Select(i => i / 32.0).All(x => Math.Abs(at(x) - expected(x)) <= Tolerance * (1 + Math.Abs(expected(x))));

    private static (ImportedValue? Of, Func<double, double>? At, bool IsSpelt) Operand(OnnxImport import, string name)
    {
        if (import.Find(name) is { } value)
            return value is ElementwiseValue spelt ? (spelt.Of, spelt.At, true) : (value, x => x, false);
        // One of a shape may be the bias of one output.
        return import.Constants.Tensor(name) is { Type: ElementType.Float32, Shape.Count: 0 } tensor && BitConverter.ToSingle(tensor.Data.Span) is var number ? (null, _ => number, false) : (null, null, false);
    }

    // Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.5. From 4 on it is 1 in float32.
    private static double Erf(double x)
    {
        var (square, sum, term) = (x * x, x, x);
        if (Math.Abs(x) > 4)
            return Math.Sign(x);
        for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= -square / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
