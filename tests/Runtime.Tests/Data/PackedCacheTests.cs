using ModelGen.Data;
using ModelGen.Formats;

namespace ModelGen.Tests.Data;

/// <summary>Class folders that are decoded once: what is kept, when it is trusted, and what happens where nothing can be kept.</summary>
public class PackedCacheTests : DataFixture
{
    private string CacheFolder => At("cache");

    private string CacheFile => Assert.Single(Directory.GetFiles(CacheFolder));

    [Fact]
    public void The_second_run_takes_the_same_images_from_the_cache()
    {
        WriteClasses("train", "cat", "dog");
        WriteClasses("test", "cat", "dog");
        var first = Open(Colour, 2, cache: true);
        var second = Open(Colour, 2, cache: true);

        Assert.EndsWith("; decoded 4 images in T s", Timeless(first.Told), StringComparison.Ordinal);
        Assert.EndsWith("; from the cache", second.Told, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(At(".modelgen")).Length);
        Assert.Equal(Labels(first.Train), Labels(second.Train));
        Assert.Equal(Values(first.Test!), Values(second.Test!));
    }

    [Fact]
    public void Beside_class_folders_nothing_is_written()
    {
        WriteClasses("", "cat", "dog");
        Open(Gray, 2, cache: true);

        Assert.Equal(["cat", "dog"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.EndsWith("; from the cache", Open(Gray, 2, cache: true).Told, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_cache_nothing_is_written_and_none_is_read()
    {
        WriteClasses("train", "cat", "dog");
        Open(Gray, 2, cache: true);
        var (written, cached) = (File.GetLastWriteTimeUtc(Directory.GetFiles(At(".modelgen")).Single()), Open(Gray, 2, cache: false));

        Assert.EndsWith("; decoded 2 images in T s", Timeless(cached.Told), StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Directory.GetFiles(At(".modelgen")).Single()));
    }

    public static TheoryData<string, Action<string>> Changes { get; } = new()
    {
        { "another size", path => File.AppendAllText(path, " ") },
        { "another time", path => File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc)) },
        { "another name", path => File.Move(path, Path.Combine(Path.GetDirectoryName(path)!, "photo.png")) },
    };

    [Theory, MemberData(nameof(Changes))]
    public void A_file_that_changed_is_decoded_again(string name, Action<string> change)
    {
        WriteClasses("images", "a", "b");
        Assert.False(Load().Decoding.IsEarlier, name);
        Assert.True(Load().Decoding.IsEarlier, name);
        change(At("images", "b", Path.GetFileName(Directory.GetFiles(At("images", "b")).Single())));

        Assert.False(Load().Decoding.IsEarlier, name);
        Assert.True(Load().Decoding.IsEarlier, name);
        Assert.NotEmpty(CacheFile);
    }

    [Fact]
    public void An_image_more_replaces_the_cache()
    {
        WriteClasses("images", "a", "b");
        Load();
        var name = CacheFile;
        File.Copy(At("images", "a", "image.png"), At("images", "a", "more.png"));

        Assert.False(Load().Decoding.IsEarlier);
        Assert.True(Load().Decoding.IsEarlier);
        Assert.Equal(name, CacheFile);
    }

    [LinuxFact]
    public void Of_a_link_counts_what_it_leads_to()
    {
        WriteClasses("images", "a");
        File.Move(At("images", "a", "image.png"), At("real.png"));
        File.CreateSymbolicLink(At("images", "a", "image.png"), At("real.png"));
        Load();
        Assert.True(Load().Decoding.IsEarlier);
        File.SetLastWriteTimeUtc(At("real.png"), new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));

        Assert.False(Load().Decoding.IsEarlier);
    }

    [Fact]
    public void Other_shapes_and_rules_have_caches_of_their_own()
    {
        WriteClasses("images", "a");
        Assert.False(Load().Decoding.IsEarlier);
        Assert.False(Load(Request with { Shape = Colour }).Decoding.IsEarlier);
        Assert.False(Load(Request with { Shape = new(1, 2, 3), Resize = Resize.Stretch }).Decoding.IsEarlier);
        Assert.False(Load(Request with { Shape = new(1, 2, 3), Resize = Resize.Crop }).Decoding.IsEarlier);

        Assert.True(Load().Decoding.IsEarlier);
        Assert.True(Load(Request with { Shape = new(1, 2, 3), Resize = Resize.Stretch }).Decoding.IsEarlier);
    }

    [Fact]
    public void A_cache_that_is_damaged_anywhere_is_never_trusted()
    {
        WriteClasses("images", "a", "b", "c");
        Load();
        var whole = File.ReadAllBytes(CacheFile);
        // The header's unused rest too: whoever wrote there wrote no cache of ours.
        foreach (var at in Enumerable.Range(0, 100).Concat(Enumerable.Range(4090, whole.Length - 4090)))
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x40;
            File.WriteAllBytes(CacheFile, damaged);
            Assert.Null(PackedFile.TryOpen(CacheFile, Key, Gray));
        }

        Assert.False(Load().Decoding.IsEarlier);
        Assert.Equal(whole, File.ReadAllBytes(CacheFile));
    }

    [LinuxFact]
    public void A_cache_that_is_damaged_is_let_go_of_at_once()
    {
        WriteClasses("images", "a");
        Load();
        var (damaged, bytes) = (CacheFile + ".damaged", File.ReadAllBytes(CacheFile));
        bytes[4096] ^= 0x40;
        File.WriteAllBytes(damaged, bytes);

        Assert.Null(PackedFile.TryOpen(damaged, Key, Gray));

        Assert.DoesNotContain(damaged, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_that_was_cut_short_or_goes_on_is_never_trusted()
    {
        WriteClasses("images", "a", "b");
        Load();
        var whole = File.ReadAllBytes(CacheFile);
        foreach (var length in new[] { 0, 1, 64, 4095, 4096, 4100, whole.Length - 1, whole.Length + 1 })
        {
            var other = new byte[length];
            whole.AsSpan(0, Math.Min(length, whole.Length)).CopyTo(other);
            File.WriteAllBytes(CacheFile, other);
            Assert.Null(PackedFile.TryOpen(CacheFile, Key, Gray));
        }
    }

    [Fact]
    public void Unreadable_images_are_counted_the_same_from_the_cache()
    {
        WriteClasses("images", "a", "b", "c");
        Write("images/a/bad.jpg", "none"u8);
        Write("images/b/0.png", ""u8);
        var skipping = Request with { SkipUnreadable = true };
        var (first, second) = (Load(skipping), Load(skipping));

        Assert.True(second.Decoding.IsEarlier);
        Assert.Equal((2, 2), (first.Unreadable, second.Unreadable));
        Assert.Equal(first.Labels, second.Labels);
        Assert.Equal(first.Pixels.Read(0, 72), second.Pixels.Read(0, 72));
        // What one run may leave out, the next must stop at.
        Assert.StartsWith($"'{At("images", "a", "bad.jpg")}' cannot be decoded: ", ErrorOf(() => Load()));
    }

    [Fact]
    public void A_file_that_cannot_be_decoded_leaves_no_cache()
    {
        WriteClasses("images", "a");
        Write("images/a/bad.jpg", "none"u8);
        ErrorOf(() => Load());

        Assert.Empty(Directory.GetFiles(CacheFolder));
    }

    [Fact]
    public void Where_no_folder_can_be_written_images_are_decoded_into_memory()
    {
        WriteClasses("images", "a", "b");
        // A file where the folder should be: refused to everybody, whatever rights they have.
        File.WriteAllText(CacheFolder, "");
        var decoded = Load();

        Assert.Equal(new Decoding(decoded.Decoding.Time, IsEarlier: false, IsLost: true), decoded.Decoding);
        Assert.Equal([0, 1], decoded.Labels);
        Assert.False(Load(Request with { Cache = false }).Decoding.IsLost);
    }

    [Fact]
    public void The_next_place_is_taken_where_the_first_cannot_be_written()
    {
        WriteClasses("images", "a", "b");
        File.WriteAllText(At("file"), "");

        Assert.False(Load(Request, At("file"), CacheFolder).Decoding.IsLost);
        Assert.True(Load(Request, At("file"), CacheFolder).Decoding.IsEarlier);
    }

    [Fact]
    public void Runs_that_begin_at_once_do_not_break_one_another()
    {
        WriteClasses("images", "a", "b", "c");
        var all = new DecodedImages[16];
        Parallel.For(0, all.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => all[i] = Load());

        Assert.All(all, decoded => Assert.Equal([0, 1, 2], decoded.Labels));
        Assert.All(all, decoded => Assert.Equal(all[0].Pixels.Read(0, 72), decoded.Pixels.Read(0, 72)));
        Assert.NotEmpty(CacheFile);
    }

    [Fact]
    public void What_a_killed_run_left_is_cleared_away_and_what_another_writes_is_not()
    {
        WriteClasses("images", "a");
        Load();
        var (left, alive) = (CacheFile + ".left.tmp", CacheFile + ".alive.tmp");
        File.Delete(CacheFile);
        File.WriteAllText(left, "half");
        using (new FileStream(alive, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            Load();

        Assert.False(File.Exists(left));
        Assert.True(File.Exists(alive));
    }

    [Fact]
    public void A_cache_in_use_can_be_replaced_and_stays_what_it_was()
    {
        WriteClasses("images", "a");
        var before = Load();
        WriteImage("images/a/image.png", 200, 200, 200);
        File.SetLastWriteTimeUtc(At("images", "a", "image.png"), new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));

        Assert.Equal(200, Load().Pixels.Read(0, 1)[0]);
        Assert.Equal(0, before.Pixels.Read(0, 1)[0]);
        GC.KeepAlive(before);
    }

    [Fact]
    public void Pixels_beyond_the_images_cannot_be_read()
    {
        WriteClasses("images", "a", "b");
        var pixels = Load().Pixels;

        Assert.Equal(48, pixels.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => pixels.Read(48, 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => pixels.Read(-1, 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => pixels.Read(0, -1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => pixels.Read(long.MaxValue, 2).Length);
    }

    // From RFC 3720, appendix B.4.
    [Fact]
    public void The_checksum_is_Castagnolis()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Append(0, new byte[32]));
        Assert.Equal(0x46DD794Eu, Crc32C.Append(0, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0xE3069283u, Crc32C.Append(Crc32C.Append(0, "1234"u8), "56789"u8));
    }

    private static ImageRequest Request => new(Gray, Outputs: 3, Limit: null, SkipUnreadable: false, Resize.None, Cache: true);

    private byte[] Key => CacheKey.Of(At("images"), Files(), Request);

    private LabelledFile[] Files() =>
        [.. Directory.GetFiles(At("images"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => new LabelledFile(path, Path.GetFileName(Path.GetDirectoryName(path))![0] - 'a'))];

    private DecodedImages Load() => Load(Request, CacheFolder);

    private DecodedImages Load(ImageRequest request) => Load(request, CacheFolder);

    private DecodedImages Load(ImageRequest request, params string[] cacheFolders) =>
        DecodedImages.Load(Files(), request, At("images"), "images", cacheFolders);
}
