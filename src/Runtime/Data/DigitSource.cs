namespace ModelGen.Data;

/// <summary>Drawn digits, for a run without data.</summary>
internal sealed class DigitSource : IImageSource
{
    private const int TrainCount = 6_000;
    private const int TestCount = 1_000;

    private readonly int _count;
    private readonly int _seed;
    private readonly int _stream;

    private DigitSource(int count, int seed, int stream) => (_count, _seed, _stream) = (count, seed, stream);

    public string Place => FormattableString.Invariant($"digits drawn with seed {_seed}");

    /// <summary>6,000 digits to train on and 1,000 others to test with.</summary>
    public static DataFolder TrainAndTest(int seed) => new(new DigitSource(TrainCount, seed, stream: 0), new DigitSource(TestCount, seed, stream: 1));

    public IReadOnlyList<string> Classes(int outputs) => DrawnDigits.Classes;

    public LoadedImages Load(ImageRequest request)
    {
        var (shape, outputs) = (request.Shape, request.Outputs);
        if (outputs != DrawnDigits.Classes.Count || !DrawnDigits.CanDraw(shape))
        {
            throw new ModelGenException(
                $"No --data is given and digits cannot stand in for it: they need 10 classes and an input of 1 or 3 channels, at least 16x16, "
                + $"but the network has {outputs} classes and a {shape} input. Name a folder with --data.");
        }

        var images = DrawnDigits.Draw(Math.Min(_count, request.Limit ?? _count), _seed, shape, _stream);
        return new(images, images.Count, Unreadable: 0);
    }
}
