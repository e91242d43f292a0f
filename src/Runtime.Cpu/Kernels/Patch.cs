namespace ModelGen.Cpu.Kernels;

/// <summary>Results of a convolution that <see cref="Winograd"/> computes together.</summary>
/// <param name="Source">The first value that they see, in floats.</param>
/// <param name="Target">The first of them, in floats.</param>
/// <param name="Rows">Rows of results; fewer than others at the image's end.</param>
/// <param name="Columns">Columns of results.</param>
internal readonly record struct Patch(int Source, int Target, int Rows, int Columns);

/// <summary>How the images of patches lie in memory, in floats.</summary>
/// <param name="SourceRow">From a row of the image that is seen to the next.</param>
/// <param name="SourcePixel">From a pixel to the next.</param>
/// <param name="TargetRow">From a row of the results to the next.</param>
/// <param name="TargetPixel">From a pixel to the next.</param>
internal readonly record struct PatchStrides(int SourceRow, int SourcePixel, int TargetRow, int TargetPixel);
