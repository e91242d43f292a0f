namespace ModelGen.Cpu.Kernels;

/// <summary>Where PyTorch's weights stand, counted from that of the first column and the first channel.</summary>
/// <param name="ColumnStride">From a column's to the next's.</param>
/// <param name="ChannelStride">From a channel's to the next's: each pixel under the window has the same channels.</param>
/// <param name="Taps">The window's pixels in a correlation's order: where each one's weights stand, counted from the first pixel's.</param>
internal sealed record WeightOrder(int ColumnStride, int ChannelStride, int[] Taps);
