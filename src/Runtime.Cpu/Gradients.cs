namespace ModelGen.Cpu;

/// <summary>What is done with gradients between the backward pass and the optimizer's step.</summary>
public static class Gradients
{
    /// <summary>PyTorch's guard against a division by zero.</summary>
    private const double Eps = 1e-6;

    /// <summary>Shortens all gradients together, as one vector, to a length, as PyTorch's <c>clip_grad_norm_</c>. Squares are added in one order and in double.</summary>
    /// <param name="parameters">The parameters; those that are not trained are left out.</param>
    /// <param name="max">The length, above 0.</param>
    public static void ClipNorm(IReadOnlyList<Parameter> parameters, double max)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var sum = 0.0;
        for (var i = 0; i < parameters.Count; i++)
            sum += SumOfSquares(parameters[i].Gradient);

        // Not if the norm is NaN: the loss is then, too, and says more.
        var factor = max / (Math.Sqrt(sum) + Eps);
        if (!(factor < 1))
            return;
        for (var i = 0; i < parameters.Count; i++)
        {
            foreach (ref var value in parameters[i].Gradient.AsSpan())
                value *= (float)factor;
        }
    }

    /// <summary>Cuts each value of each gradient to a range, as PyTorch's <c>clip_grad_value_</c>.</summary>
    /// <param name="parameters">The parameters; those that are not trained are left out.</param>
    /// <param name="max">The largest value, above 0; the smallest is its negative.</param>
    public static void ClipValue(IReadOnlyList<Parameter> parameters, double max)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        for (var i = 0; i < parameters.Count; i++)
        {
            foreach (ref var value in parameters[i].Gradient.AsSpan())
                value = Math.Clamp(value, -(float)max, (float)max);
        }
    }

    // Four sums: one alone would wait for each addition before the next.
    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0);
        for (; values.Length >= 4; values = values[4..])
        {
            first += (double)values[0] * values[0];
            second += (double)values[1] * values[1];
            third += (double)values[2] * values[2];
            fourth += (double)values[3] * values[3];
        }

        foreach (var value in values)
            first += (double)value * value;
        return first + second + third + fourth;
    }
}
