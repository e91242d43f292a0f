namespace ModelGen.Cpu.Kernels;

/// <summary>The places of the input in the output's order, a run of the output's last dimension at a time.</summary>
internal ref struct PermutedWalk
{
    private readonly Span<int> _sizes; // of the output's dimensions before the run
    private readonly Span<int> _steps; // from one value along each to the next, in the input
    private readonly Span<int> _at;
    private int _source;

    /// <param name="sizes">Sizes of the input.</param>
    /// <param name="order">Which of them the output's dimensions are.</param>
    /// <param name="state">Three numbers for each dimension.</param>
    public PermutedWalk(ReadOnlySpan<int> sizes, ReadOnlySpan<int> order, Span<int> state)
    {
        var count = sizes.Length;
        (RunLength, Step) = (1, 1);

        // Dimensions that stay last are one.
        while (count > 0 && order[count - 1] == count - 1)
            RunLength *= sizes[--count];
        _sizes = state[..count];
        _steps = state.Slice(count, count);
        _at = state.Slice(2 * count, count);
        for (var i = 0; i < count; i++)
        {
            (_sizes[i], _steps[i], _at[i]) = (sizes[order[i]], 1, 0);
            for (var behind = order[i] + 1; behind < sizes.Length; behind++)
                _steps[i] *= sizes[behind];
        }

        // Without such a block, a run is the output's last dimension.
        if (RunLength == 1 && count > 0)
        {
            (RunLength, Step) = (_sizes[^1], _steps[^1]);
            _sizes = _sizes[..^1];
        }
    }

    /// <summary>Values of a run.</summary>
    public int RunLength { get; }

    /// <summary>From one value of a run to the next, in the input.</summary>
    public int Step { get; }

    /// <summary>Where the next run begins in the input.</summary>
    public int Next()
    {
        var source = _source;
        for (var i = _sizes.Length - 1; i >= 0; i--)
        {
            _source += _steps[i];
            if (++_at[i] < _sizes[i])
                break;
            _source -= _steps[i] * _sizes[i];
            _at[i] = 0;
        }

        return source;
    }
}
