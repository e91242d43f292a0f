using System.Buffers.Binary;

namespace ModelGen.Tests;

/// <summary>Images to learn from: bitmaps of one color for each class, a little brighter from one to the next.</summary>
internal static class Pictures
{
    private const int Headers = 54;

    /// <summary>Draws four images of each class to train on and two to test on, and returns the folder.</summary>
    public static string Draw(string folder, IReadOnlyList<string> classes, int width = 16, int height = 12)
    {
        foreach (var (set, count) in (ReadOnlySpan<(string, int)>)[("train", 4), ("test", 2)])
        {
            for (var label = 0; label < classes.Count; label++)
            {
                var place = Directory.CreateDirectory(Path.Combine(folder, set, classes[label])).FullName;
                for (var i = 0; i < count; i++)
                    File.WriteAllBytes(Path.Combine(place, FormattableString.Invariant($"{i}.bmp")), Bitmap((byte)(60 + (120 * label) + (10 * i)), width, height));
            }
        }

        return folder;
    }

    /// <summary>A Windows bitmap of 24 bits, BITMAPFILEHEADER and BITMAPINFOHEADER in front of the rows.</summary>
    private static byte[] Bitmap(byte brightness, int width, int height)
    {
        var file = new byte[Headers + (3 * width * height)];
        file.AsSpan(Headers).Fill(brightness);
        (file[0], file[1]) = ((byte)'B', (byte)'M');
        Put(2, file.Length);
        Put(10, Headers);
        Put(14, 40);
        Put(18, width);
        Put(22, height);
        Put(26, 1 | (24 << 16));
        return file;

        void Put(int place, int number) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(place), number);
    }
}
