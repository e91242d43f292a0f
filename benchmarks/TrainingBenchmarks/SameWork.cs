using ModelGen;

namespace TrainingBenchmarks;

/// <summary>A ratio of speeds says something only about programs that do the same work: they must report the same losses.</summary>
internal static class SameWork
{
    /// <summary>Steps whose losses are compared.</summary>
    public const int Steps = 10;

    /// <summary>
    /// The largest difference of two losses that passes in float32. Forms of the same computation round differently: the optimised one sums in another
    /// order, and so does PyTorch. Where two values in a max-pooling window are that near, the gradient takes another way, and ten steps later PyTorch
    /// in float32 is up to 3e-4 from itself in float64. A learning rate wrong by 1 % gives 3e-3 and more.
    /// </summary>
    public const double Tolerance = 1e-3;

    /// <summary>Trains the first steps with each and compares their losses, all in one line for the user.</summary>
    /// <exception cref="ModelGenException">They differ.</exception>
    public static void CheckStart(IReadOnlyList<ITrainingLoop> loops)
    {
        var losses = loops.Select(loop => loop.Losses(Steps)).ToArray();
        for (var i = 1; i < loops.Count; i++)
        {
            var largest = losses[i].Zip(losses[0], (left, right) => Math.Abs(left - right)).Max();
            if (!(largest <= Tolerance)) // also when a loss is not a number
                throw new ModelGenException($"The programs don't do the same work: one of the first {Steps} losses of {loops[i].Name} differs by {largest:0.0e+0} from that of {loops[0].Name}, more than {Tolerance:0.0e+0}.");
            Console.WriteLine($"Same work: the first {Steps} losses of {loops[i].Name} differ by at most {largest:0.0e+0} from those of {loops[0].Name} ({Tolerance:0.0e+0} passes)");
        }
    }

    /// <summary>Compares the mean losses of epochs. After hundreds of steps roundings have grown, so this only tells that all learnt as well.</summary>
    /// <exception cref="ModelGenException">They differ.</exception>
    public static void CheckEnd(IReadOnlyList<string> programs, IReadOnlyList<double> losses)
    {
        var all = string.Join(", ", programs.Zip(losses, (program, loss) => $"{program} {loss:F4}"));
        if (!(losses.Max() - losses.Min() <= 0.01 + 0.1 * losses.Min()))
            throw new ModelGenException($"The programs don't do the same work: the mean losses of the last round are {all}.");
        Console.WriteLine($"Mean losses of the last round: {all}");
    }
}
