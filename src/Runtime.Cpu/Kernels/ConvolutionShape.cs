namespace ModelGen.Cpu.Kernels;

/// <summary>Where a convolution finds what it multiplies: its sizes, and the tables of its correlations.</summary>
internal sealed class ConvolutionShape
{
    // Pixels that are computed at a time at least, where there are as many: each is a product with all weights, which then are read once. The generator knows
    // the number as Kernel.ManyPixels.
    private const int Pixels = 32;

    private readonly int _firstRow; // of the whole window
    private readonly int _firstColumn;
    private readonly int _windowColumns;
    private readonly int _lanes;
    private readonly PatchGrid? _patches; // of the output
    private readonly PatchGrid? _gradientPatches; // of the input's gradient

    /// <param name="rows">The window along the height.</param>
    /// <param name="columns">The window along the width.</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public ConvolutionShape(WindowAxis rows, WindowAxis columns, int inChannels, int outChannels, int groups, int lanes)
    {
        _lanes = lanes;
        (_windowColumns, Window) = (columns.Kernel, rows.Kernel * columns.Kernel);
        (Rows, _firstRow) = rows.Trimmed();
        (Columns, _firstColumn) = columns.Trimmed();
        (InChannels, OutChannels, GroupChannels) = (inChannels, outChannels, inChannels / groups);
        IsDepthwise = groups > 1 && groups == inChannels && groups == outChannels;
        Groups = IsDepthwise ? 1 : groups;
        Samples = (Pixels + OutPixels - 1) / OutPixels;
        _patches = PatchGrid.Of(Rows, Columns, Rows.Out, Columns.Out, inChannels, outChannels, groups);
        _gradientPatches = PatchGrid.Of(Rows, Columns, Rows.Size, Columns.Size, outChannels, inChannels, groups);

        var (height, width) = (Rows.Reach + (_patches?.RowsBeyond ?? 0), Columns.Reach + (_patches?.ColumnsBeyond ?? 0));
        if (Rows.Padding > 0 || height > Rows.Size || Columns.Padding > 0 || width > Columns.Size)
            PaddedInput = new PaddedImage(Rows.Size, Columns.Size, inChannels, Rows.Padding, Columns.Padding, height, width);
        (height, width) = (Rows.GradientReach + (_gradientPatches?.RowsBeyond ?? 0), Columns.GradientReach + (_gradientPatches?.ColumnsBeyond ?? 0));
        if (height > Rows.Out || width > Columns.Out)
            PaddedGradient = new PaddedImage(Rows.Out, Columns.Out, outChannels, Rows.GradientPadding, Columns.GradientPadding, height, width);
    }

    /// <summary>The window along the height, without what never sees the image.</summary>
    public WindowAxis Rows { get; }

    /// <summary>The same along the width.</summary>
    public WindowAxis Columns { get; }

    /// <summary>Channels of the input.</summary>
    public int InChannels { get; }

    /// <summary>Channels of the output.</summary>
    public int OutChannels { get; }

    /// <summary>Groups that are computed one after the other.</summary>
    public int Groups { get; }

    /// <summary>Channels that an output channel sees.</summary>
    public int GroupChannels { get; }

    /// <summary>Values of the whole window.</summary>
    public int Window { get; }

    /// <summary>Samples that are computed at a time.</summary>
    public int Samples { get; }

    /// <summary>The input with zeros around it, where the window reaches beyond it.</summary>
    public PaddedImage? PaddedInput { get; }

    /// <summary>The output's gradient with zeros around it, where the input's gradient asks for more.</summary>
    public PaddedImage? PaddedGradient { get; }

    /// <summary>Floats of one sample's input.</summary>
    public int InLength => Rows.Size * Columns.Size * InChannels;

    /// <summary>Pixels of one sample's output.</summary>
    public int OutPixels => Rows.Out * Columns.Out;

    /// <summary>Floats of one sample's output.</summary>
    public int OutLength => OutPixels * OutChannels;

    /// <summary>Channels of the input in a group.</summary>
    public int GroupIn => InChannels / Groups;

    /// <summary>Channels of the output in a group.</summary>
    public int GroupOut => OutChannels / Groups;

    /// <summary>Weights of a group.</summary>
    public int GroupWeights => GroupOut * GroupChannels * Window;

    private bool IsDepthwise { get; }

    /// <summary>The output, and with the output's gradients the weights' gradient.</summary>
    public (Correlation Correlation, WeightOrder Order) Forward()
    {
        var row = (PaddedInput?.Width ?? Columns.Size) * InChannels;
        var sample = PaddedInput?.Length ?? InLength;
        var places = new Place[Samples * OutPixels];
        for (var i = 0; i < places.Length; i++)
        {
            var (n, pixel) = (i / OutPixels, i % OutPixels);
            places[i] = new Place((n * sample) + (pixel / Columns.Out * Rows.Stride * row) + (pixel % Columns.Out * Columns.Stride * InChannels), i * OutChannels);
        }

        var (offsets, taps) = (new List<int>(), new List<int>());
        for (var y = 0; y < Rows.Kernel; y++)
        {
            for (var x = 0; x < Columns.Kernel; x++)
            {
                offsets.Add((y * Rows.Dilation * row) + (x * Columns.Dilation * InChannels));
                taps.Add(Tap(y, x));
            }
        }

        var strides = new PatchStrides(row, InChannels, Columns.Out * OutChannels, OutChannels);
        var correlation = _patches?.Along(places, offsets[0], strides, InChannels, OutChannels, _lanes)
            ?? Along(places, OutChannels, offsets, Columns.Kernel, GroupIn, GroupOut);
        return (correlation, new(ColumnStride: GroupChannels * Window, ChannelStride: Window, [.. taps]));
    }

    /// <summary>The input's gradient at a phase: every so many rows and columns, as the strides say, from these on.</summary>
    public (Correlation Correlation, WeightOrder Order) Backward(int y, int x)
    {
        var row = (PaddedGradient?.Width ?? Columns.Out) * OutChannels;
        var sample = PaddedGradient?.Length ?? OutLength;
        var pixels = Rows.Count(y) * Columns.Count(x);
        var places = new Place[Samples * pixels];
        for (var i = 0; i < places.Length; i++)
        {
            var (n, pixel) = (i / pixels, i % pixels);
            var (down, right) = (pixel / Columns.Count(x), pixel % Columns.Count(x));
            var target = ((y + (down * Rows.Stride)) * Columns.Size) + x + (right * Columns.Stride);
            places[i] = new Place((n * sample) + (down * row) + (right * OutChannels), (n * InLength) + (target * InChannels));
        }

        var (offsets, taps) = (new List<int>(), new List<int>());
        foreach (var tapDown in Rows.Taps(y))
        {
            foreach (var tapRight in Columns.Taps(x))
            {
                offsets.Add(((Rows.Shift(y, tapDown) + Rows.GradientPadding) * row) + ((Columns.Shift(x, tapRight) + Columns.GradientPadding) * OutChannels));
                taps.Add(Tap(tapDown, tapRight));
            }
        }

        var strides = new PatchStrides(row, OutChannels, Columns.Size * InChannels, InChannels);
        var correlation = _gradientPatches?.Along(places, offsets[0], strides, OutChannels, InChannels, _lanes)
            ?? Along(places, InChannels, offsets, Columns.Taps(x).Length, GroupOut, GroupIn);
        return (correlation, new(ColumnStride: Window, ChannelStride: GroupChannels * Window, [.. taps]));
    }

    /// <summary>A value of the window as PyTorch counts it.</summary>
    private int Tap(int row, int column) => ((_firstRow + row) * _windowColumns) + _firstColumn + column;

    /// <summary>A row of the window is one run where its pixels lie side by side: nothing between them, and all of their channels.</summary>
    private Correlation Along(Place[] places, int resultStride, List<int> offsets, int inRow, int channels, int columns) => offsets switch
    {
        _ when IsDepthwise => new DepthwiseCorrelation(places, resultStride, [.. offsets.Select((offset, i) => new Place(offset, i * columns))], columns),
        [var first, var second, ..] when inRow > 1 && second - first == channels =>
            new DenseCorrelation(places, resultStride, [.. offsets.Where((_, i) => i % inRow == 0)], inRow * channels, columns),
        _ => new DenseCorrelation(places, resultStride, [.. offsets], channels, columns),
    };
}
