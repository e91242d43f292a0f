using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>A convolution's results cut into the patches that <see cref="Winograd"/> computes together; those at the lower and right end may be smaller.</summary>
internal sealed class PatchGrid
{
    // With fewer channels the way to the slots and back takes longer than the products that are saved.
    private const int FewestChannels = 16;

    // Weights that stay in a third-level cache, 10 MB as slots; more of them are worth their reading where many patches use them: 1.6 to 2.6 times as fast with 49, and
    // with 16 a worker's sums cost what the products save.
    private const int CachedWeights = 2_400_000;

    private readonly int _height;
    private readonly int _width;
    private readonly int _window;

    private PatchGrid(int height, int width, int window) => (_height, _width, _window) = (height, width, window);

    /// <summary>Rows and columns of a patch.</summary>
    public int Side => Winograd.Side + 1 - _window;

    /// <summary>Rows of results that the last patches would have besides.</summary>
    public int RowsBeyond => (Down * Side) - _height;

    /// <summary>Columns of results that the last patches would have besides.</summary>
    public int ColumnsBeyond => (Across * Side) - _width;

    private int Down => (_height + Side - 1) / Side;

    private int Across => (_width + Side - 1) / Side;

    /// <summary>
    /// The patches of so many results, where they pay: with half of the products or fewer, of enough channels, and enough of them for the weights, which take 36 / 25 or
    /// 36 / 9 of the memory, and so do each worker's sums of their gradients. Null for any other window than one of 3 or 5 that moves by one pixel, and for groups, which
    /// have few channels each.
    /// </summary>
    /// <param name="rows">The window along the height.</param>
    /// <param name="columns">The window along the width.</param>
    /// <param name="height">Rows of results.</param>
    /// <param name="width">Columns of results.</param>
    /// <param name="inChannels">Channels that are seen.</param>
    /// <param name="outChannels">Channels of the results.</param>
    /// <param name="groups">Groups of channels.</param>
    public static PatchGrid? Of(WindowAxis rows, WindowAxis columns, int height, int width, int inChannels, int outChannels, int groups)
    {
        if (groups > 1 || rows is not { Stride: 1, Dilation: 1, Kernel: 3 or 5 } || columns is not { Stride: 1, Dilation: 1 } || columns.Kernel != rows.Kernel)
            return null;
        var grid = new PatchGrid(height, width, rows.Kernel);
        var (patches, weights) = (grid.Down * grid.Across, (long)Winograd.Slot * inChannels * outChannels);
        var isPaid = Math.Min(inChannels, outChannels) >= FewestChannels
            && 2 * patches * Winograd.Slot <= height * width * rows.Kernel * columns.Kernel
            && patches >= (weights <= CachedWeights ? 4 : 32)
            && weights <= Array.MaxLength;
        return isPaid ? grid : null;
    }

    /// <summary>The correlation of these patches.</summary>
    /// <param name="places">Where each result's window and the result itself stand, of all samples.</param>
    /// <param name="offset">From a place to the first value of its window.</param>
    /// <param name="strides">How the images lie in memory.</param>
    /// <param name="channels">Channels that are seen.</param>
    /// <param name="columns">Channels of the results.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public Correlation Along(ReadOnlySpan<Place> places, int offset, PatchStrides strides, int channels, int columns, int lanes)
    {
        var patches = new List<Patch>();
        for (var i = 0; i < places.Length; i++)
        {
            var (row, column) = (i / _width % _height, i % _width);
            if (row % Side == 0 && column % Side == 0)
                patches.Add(new Patch(places[i].Source + offset, places[i].Target, Math.Min(Side, _height - row), Math.Min(Side, _width - column)));
        }

        return _window == 3
            ? new WinogradCorrelation<Count3, Count4>([.. patches], strides, channels, columns, lanes)
            : new WinogradCorrelation<Count5, Count2>([.. patches], strides, channels, columns, lanes);
    }
}
