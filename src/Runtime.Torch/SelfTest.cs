using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Whether libtorch computes as TorchSharp expects of it. A library of another version may load, and lay out its types in another way: that would show in
/// the middle of a run at best. It takes milliseconds, draws no random numbers and leaves nothing behind.
/// </summary>
internal static class SelfTest
{
    /// <summary>What is tested, and how: a check returns what is wrong, or null.</summary>
    public static IReadOnlyList<(string Name, Func<string?> Check)> All { get; } =
    [
        ("element types", ElementTypes),
        ("convolution and batch norm", ConvolutionAndBatchNorm),
        ("exceptions", Exceptions),
    ];

    /// <summary>The first thing that is wrong, to go on after a colon, or null.</summary>
    public static string? Failure() => Failure(All);

    /// <inheritdoc cref="Failure()"/>
    internal static string? Failure(IEnumerable<(string Name, Func<string?> Check)> checks) => checks
        .Select(check => Outcome(check.Check) is { } wrong ? $"{check.Name}: {wrong}" : null)
        .FirstOrDefault(failure => failure is not null);

    /// <summary>Says where numbers differ by more than rounding explains, or null.</summary>
    internal static string? Difference(string what, ReadOnlySpan<float> given, ReadOnlySpan<float> right)
    {
        if (given.Length != right.Length)
            return FormattableString.Invariant($"{what} has {given.Length} numbers in the place of {right.Length}");
        for (var i = 0; i < right.Length; i++)
        {
            // Not the other way round: a comparison with NaN is false.
            if (!(Math.Abs(given[i] - right[i]) <= 1e-4f * Math.Max(1, Math.Abs(right[i]))))
                return FormattableString.Invariant($"{what} is {given[i]} in the place of {right[i]}");
        }

        return null;
    }

    private static string? Outcome(Func<string?> check)
    {
        try
        {
            using var scope = NewDisposeScope();
            return check();
        }
        catch (Exception error)
        {
            // libtorch appends its own stack trace to the first line.
            return $"{error.GetType().Name}, {error.Message.Split('\n')[0].TrimEnd('.', ' ')}";
        }
    }

    private static string? ElementTypes() =>
        Wrong<float>([0, 1, 0.1f, -3e38f], float32)
        ?? Wrong<double>([0, 1, 0.1, -1e308], float64)
        ?? Wrong<long>([0, 1, -1, long.MaxValue], int64)
        ?? Wrong<byte>([0, 1, 200, 255], uint8)
        // Eight bits of a fraction: 200 is one of its numbers, 201.25 goes to the nearest.
        ?? Difference("bfloat16", tensor(new float[] { 0, -1.5f, 200, 201.25f }).to(bfloat16).to(float32).data<float>().ToArray(), [0, -1.5f, 200, 201]);

    private static string? Wrong<T>(T[] values, ScalarType type)
        where T : unmanaged
    {
        var given = zeros(values.Length, type);
        MemoryMarshal.AsBytes<T>(values).CopyTo(given.bytes);
        var copy = given.clone();
        return copy.dtype == type
            && copy.element_size() == Unsafe.SizeOf<T>()
            && copy.data<T>().ToArray().AsSpan().SequenceEqual(values)
                ? null
                : $"{type} comes back changed";
    }

    /// <summary>The numbers are those of PyTorch 1.13.</summary>
    private static string? ConvolutionAndBatchNorm()
    {
        using var tracked = enable_grad();
        var images = tensor(new float[] { 0, 1, 4, 9, 16, 0, 1, 4, 9, 16, 0, 1, 4, 9, 16, 0, 1, 4 }).reshape(2, 1, 3, 3);
        var kernel = tensor(new float[] { 1, 2, 3, 4 }).reshape(1, 1, 2, 2).requires_grad_();
        var (scale, shift) = (full(1, 2f).requires_grad_(), ones(1).requires_grad_());
        var (mean, variance) = (zeros(1), ones(1));

        var normal = nn.functional.batch_norm(nn.functional.conv2d(images, kernel), mean, variance, scale, shift, training: true, 0.1, 1e-5);
        normal.mul(normal).mul(normal).mean().backward();

        return Differs("the output", normal.detach(), [3.8357835f, 0.2379611f, 0.5377796f, 0.9375377f, 0.9375377f, 3.8357835f, -2.8601637f, 0.5377796f])
            ?? Differs("the kernel's gradient", kernel.grad!, [-6.2305255f, -1.7632557f, -0.2555964f, 2.6309562f])
            ?? Differs("the scale's gradient", scale.grad!, [9.6466093f])
            ?? Differs("the shift's gradient", shift.grad!, [15])
            ?? Differs("the running mean", mean, [6.4625001f])
            ?? Differs("the running variance", variance, [46.6696434f]);
    }

    private static string? Differs(string what, Tensor given, ReadOnlySpan<float> right) => Difference(what, given.data<float>().ToArray(), right);

    // Not matmul: that one TorchSharp 0.107 calls without catching anything, with any libtorch.
    /// <summary>What libtorch throws must come as an exception of .NET's; where it does not, the process ends here and not in the middle of a run.</summary>
    private static string? Exceptions()
    {
        try
        {
            ones(2, 3).mm(ones(2, 3));
            return "the product of two matrices that do not fit was computed";
        }
        catch (ExternalException error) when (error.Message.Contains("cannot be multiplied", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
