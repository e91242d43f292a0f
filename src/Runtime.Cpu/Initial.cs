namespace ModelGen.Cpu;

/// <summary>
/// The values that parameters start from, drawn as libtorch draws them: layers made in the same order from a generator of the same seed start from
/// PyTorch's weights.
/// </summary>
public static class Initial
{
    /// <summary>Sixteen normal numbers are made at a time from 32 uniform ones.</summary>
    private const int Block = 16;

    /// <summary>PyTorch's for the weight of a linear layer or a convolution: uniform to <c>1 / sqrt(fan in)</c>, which is <c>kaiming_uniform_(weight, a=sqrt(5))</c>.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="weight">The weight, <c>[out, in, ...]</c>: of at least two dimensions.</param>
    public static void KaimingUniform(Mt19937 random, Parameter weight)
    {
        ArgumentNullException.ThrowIfNull(weight);

        // With PyTorch's steps and not their result, whose last digit is another one.
        var gain = Math.Sqrt(2.0 / (1 + (Math.Sqrt(5) * Math.Sqrt(5))));
        var bound = Math.Sqrt(3) * (gain / Math.Sqrt(FanIn(weight)));
        Uniform(random, weight, -bound, bound);
    }

    /// <summary>PyTorch's for the bias of such a layer: uniform to <c>1 / sqrt(fan in)</c> of its weight.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="bias">The bias.</param>
    /// <param name="weight">The weight beside it, <c>[out, in, ...]</c>.</param>
    public static void BiasUniform(Mt19937 random, Parameter bias, Parameter weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var bound = 1 / Math.Sqrt(FanIn(weight));
        Uniform(random, bias, -bound, bound);
    }

    /// <summary>PyTorch's for the projections of an attention: uniform to <c>sqrt(6 / (fan in + fan out))</c>, <c>xavier_uniform_</c>.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="weight">The weight, <c>[out, in, ...]</c>.</param>
    public static void XavierUniform(Mt19937 random, Parameter weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var bound = Math.Sqrt(3) * Math.Sqrt(2.0 / (FanIn(weight) + FanOut(weight)));
        Uniform(random, weight, -bound, bound);
    }

    /// <summary>Numbers that are all as likely, <c>uniform_</c>.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="parameter">What is filled.</param>
    /// <param name="from">The lowest.</param>
    /// <param name="to">What they stay below.</param>
    public static void Uniform(Mt19937 random, Parameter parameter, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(parameter);
        var (first, length) = ((float)from, (float)to - (float)from);
        foreach (ref var value in parameter.Values.AsSpan())
            value = MathF.FusedMultiplyAdd(random.NextSingle(), length, first);
    }

    /// <summary>Normal numbers, <c>normal_</c>; libtorch's own logarithm and sine differ from these in the last digits.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="parameter">What is filled.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="std">Their standard deviation, at least 0.</param>
    public static void Normal(Mt19937 random, Parameter parameter, double mean = 0, double std = 1)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(parameter);
        var values = parameter.Values.AsSpan();
        if (values.Length < Block)
        {
            foreach (ref var value in values)
                value = (float)((random.NextNormal() * std) + mean);
            return;
        }

        Fill(random, values);
        for (var i = 0; i + Block <= values.Length; i += Block)
            BoxMuller(values.Slice(i, Block), (float)mean, (float)std);
        if (values.Length % Block == 0)
            return;

        // The last sixteen once more, as ATen has it: a rest alone would be no block.
        var last = values[^Block..];
        Fill(random, last);
        BoxMuller(last, (float)mean, (float)std);
    }

    /// <summary>PyTorch's for an embedding one of whose rows is not trained: normal numbers, and zeros in that row.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="weight">The table, <c>[embeddings, features]</c>.</param>
    /// <param name="paddingIndex">The row.</param>
    public static void Embedding(Mt19937 random, Parameter weight, int paddingIndex)
    {
        Normal(random, weight);
        var features = weight.Shape[1];
        weight.Values.AsSpan(paddingIndex * features, features).Clear();
    }

    /// <summary>One number everywhere, <c>constant_</c>.</summary>
    /// <param name="parameter">What is filled.</param>
    /// <param name="value">The number.</param>
    public static void Constant(Parameter parameter, float value)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Array.Fill(parameter.Values, value);
    }

    private static void Fill(Mt19937 random, Span<float> values)
    {
        foreach (ref var value in values)
            value = random.NextSingle();
    }

    /// <summary>Turns sixteen uniform numbers into normal ones: the first eight give lengths, the others angles.</summary>
    private static void BoxMuller(Span<float> block, float mean, float std)
    {
        const int Half = Block / 2;
        for (var i = 0; i < Half; i++)
        {
            var length = Math.Sqrt(-2 * Math.Log(1 - block[i]));
            var angle = (float)(2 * Math.PI) * block[i + Half];
            block[i] = (float)((length * Math.Cos(angle) * std) + mean);
            block[i + Half] = (float)((length * Math.Sin(angle) * std) + mean);
        }
    }

    private static double FanIn(Parameter weight) => weight.Shape[1] * Receptive(weight);

    private static double FanOut(Parameter weight) => weight.Shape[0] * Receptive(weight);

    private static double Receptive(Parameter weight) => weight.Shape.Skip(2).Aggregate(1.0, (product, size) => product * size);
}
