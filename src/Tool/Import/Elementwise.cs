using ModelGen.Formats;
using ModelGen.Formats.Onnx;
using ModelGen.Specs;

namespace ModelGen.Tool.Import;

/// <summary>A value that is a function of each number of another, made by nodes of which none is a layer by itself.</summary>
/// <param name="Of">The other value.</param>
/// <param name="Values">The function's values at <see cref="Elementwise.Points"/>: nodes upon nodes cost no more than one each, however often they take the same value.</param>
/// <param name="From">The last of the nodes.</param>
internal sealed record ElementwiseValue(ImportedValue Of, IReadOnlyList<double> Values, OnnxNode From) : ImportedValue(Of.Shape);

/// <summary>
/// Activations that files spell out in several nodes, each in its own way: x / 2 (1 + erf(x / sqrt(2))) has any order of factors. They are recognised by their
/// values: two of these functions differ by more than a ten-thousandth somewhere between -8 and 8.
/// </summary>
internal static class Elementwise
{
    private const double Tolerance = 2e-6;

    /// <summary>Where functions are compared.</summary>
    public static IReadOnlyList<double> Points { get; } = [.. Enumerable.Range(-256, 513).Select(i => i / 32.0)];

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
        var at = (node.Operator, values) switch
        {
            ("Erf", [var x]) => x.Select(Erf),
            ("Exp", [var x]) => x.Select(Math.Exp),
            ("Neg", [var x]) => x.Select(value => -value),
            ("Reciprocal", [var x]) => x.Select(value => 1 / value),
            ("Sqrt", [var x]) => x.Select(Math.Sqrt),
            ("Pow", [var x, var y]) => x.Zip(y, Math.Pow),
            ("Sub", [var x, var y]) when isSpelt || hasNumber => x.Zip(y, (left, right) => left - right),
            ("Div", [var x, var y]) when isSpelt || hasNumber => x.Zip(y, (left, right) => left / right),
            ("Add", [var x, var y]) when isSpelt || hasNumber => x.Zip(y, (left, right) => left + right),
            ("Mul", [var x, var y]) => x.Zip(y, (left, right) => left * right), // also of a value with itself, which a cube begins with
            ("Tanh", [var x]) when isSpelt => x.Select(Math.Tanh),
            ("Sigmoid", [var x]) when isSpelt => x.Select(value => 1 / (1 + Math.Exp(-value))),
            ("Relu", [var x]) when isSpelt => x.Select(value => Math.Max(0, value)),
            // Where the least is above the most, ONNX has the most for every number.
            ("Clip", [var x, var least, var most]) when isSpelt => x.Zip(least, Math.Max).Zip(most, Math.Min),
            _ => null,
        };
        return at is null ? null : new ElementwiseValue(of, [.. at], node);
    }

    /// <summary>The activation that has a function's values.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static ImportedValue Resolve(OnnxImport import, ElementwiseValue value)
    {
        if (HasValues(value.Values, x => x))
            return value.Of;
        foreach (var (keyword, settings, at) in Activations)
        {
            if (HasValues(value.Values, at))
                return import.Add(keyword, value.Of, settings);
        }

        return HasValues(value.Values, x => x * x) ? import.Add("mul", [value.Of, value.Of])
            : throw new NotSupportedException($"no activation is the function that ends in '{value.From.Outputs[0]}' ({value.From.Operator})");
    }

    private static bool HasValues(IReadOnlyList<double> values, Func<double, double> expected) =>
        values.Zip(Points.Select(expected), (value, other) => Math.Abs(value - other) <= Tolerance * (1 + Math.Abs(other))).All(isNear => isNear);

    private static (ImportedValue? Of, IReadOnlyList<double>? At, bool IsSpelt) Operand(OnnxImport import, string name)
    {
        if (import.Find(name) is { } value)
            return value is ElementwiseValue spelt ? (spelt.Of, spelt.Values, true) : (value, Points, false);
        // One of a shape may be the bias of one output.
        return import.Constants.Tensor(name) is { Type: ElementType.Float32, Shape.Count: 0 } tensor
            ? (null, [.. Enumerable.Repeat((double)BitConverter.ToSingle(tensor.Data.Span), Points.Count)], false)
            : (null, null, false);
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
