using System.Security.Cryptography;
using ModelGen.Data;
using ModelGen.Tests.CommandLine;
using ModelGen.Tests.Training;

namespace ModelGen.Tests.Data;

/// <summary>Data sets from a server that is slow, breaks off, has other files or none.</summary>
public sealed class DataSetDownloadTests : IDisposable
{
    private static readonly byte[] Images = RandomBytes(300_000, key: 1);
    private static readonly byte[] Labels = RandomBytes(5_000, key: 2);

    private readonly FileServer _server = new() { ["images.gz"] = Images, ["labels.gz"] = Labels };
    private readonly TempFolder _folder = new();
    private readonly RecordingTerminal _terminal = new();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task All_files_are_put_into_the_folder()
    {
        await Download();

        Assert.Equal(Images, File.ReadAllBytes(_folder["images.gz"]));
        Assert.Equal(Labels, File.ReadAllBytes(_folder["labels.gz"]));
        Assert.Equal(["images.gz", "labels.gz"], _folder.Entries);
        Assert.Equal($"images.gz: 0.3 MB\nlabels.gz: 0.0 MB\ntiny is in {_folder.Path}: train with --data {_folder.Path}\n", _terminal.Out);
    }

    [Fact]
    public async Task What_is_there_already_is_not_asked_for_again()
    {
        await Download();
        await Download();

        Assert.Equal(2, _server.Requests.Length);
        Assert.Contains("images.gz: there already\nlabels.gz: there already\n", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_breaks_off_goes_on_where_it_stopped()
    {
        _server.Break(new(After: 100_000), new(After: 50_000));
        await Download();

        Assert.Equal(Images, File.ReadAllBytes(_folder["images.gz"]));
        Assert.Equal(["images.gz", "images.gz bytes=100000-", "images.gz bytes=150000-", "labels.gz"], _server.Requests);
    }

    [Fact]
    public async Task A_connection_on_which_nothing_comes_is_given_up_and_goes_on()
    {
        _server.Break(new FileServer.Fault(After: 100_000, Stalls: true));
        await Download();

        Assert.Equal(Images, File.ReadAllBytes(_folder["images.gz"]));
        Assert.Equal(["images.gz", "images.gz bytes=100000-", "labels.gz"], _server.Requests);
    }

    [Fact]
    public async Task What_an_earlier_call_left_is_gone_on_with()
    {
        File.WriteAllBytes(_folder["images.gz.part"], Images[..200_000]);
        File.WriteAllBytes(_folder["labels.gz.part"], Labels);
        await Download();

        Assert.Equal(["images.gz bytes=200000-", "labels.gz bytes=5000-"], _server.Requests);
        Assert.Equal(Labels, File.ReadAllBytes(_folder["labels.gz"]));
        Assert.Equal(["images.gz", "labels.gz"], _folder.Entries);
    }

    [Fact]
    public async Task What_an_earlier_call_left_of_something_else_is_got_anew()
    {
        File.WriteAllBytes(_folder["images.gz.part"], new byte[1000]);
        File.WriteAllBytes(_folder["labels.gz.part"], new byte[6000]);
        await Download();

        Assert.Equal(Images, File.ReadAllBytes(_folder["images.gz"]));
        Assert.Equal(Labels, File.ReadAllBytes(_folder["labels.gz"]));
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_sends_everything_again()
    {
        _server.KnowsRanges = false;
        _server.Break(new FileServer.Fault(After: 100_000));
        await Download();

        Assert.Equal(Images, File.ReadAllBytes(_folder["images.gz"]));
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        _server.Break(new(Status: 503), new(Status: 429), new(Status: 500));
        await Download();

        Assert.Equal(5, _server.Requests.Length);
    }

    [Fact]
    public async Task A_server_that_stays_broken_is_given_up()
    {
        _server.Break([.. Enumerable.Repeat(new FileServer.Fault(Status: 500), 4)]);
        var error = await ErrorOf(Download);

        Assert.StartsWith($"Cannot download '{_server.Address}images.gz': the server answers 500 (InternalServerError). ", error, StringComparison.Ordinal);
        Assert.Equal(4, _server.Requests.Length);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_asked_for_once()
    {
        var error = await ErrorOf(() => Download(Tiny with { Files = [new("none.gz", Hash(Images))] }));

        Assert.Equal(
            $"Cannot download '{_server.Address}none.gz': the server answers 404 (NotFound). Try again later, which goes on where this stopped, or put the file into '{_folder.Path}'.",
            error);
        Assert.Equal(["none.gz"], _server.Requests);
    }

    [Fact]
    public async Task The_next_mirror_is_asked_for_what_the_first_lacks()
    {
        await Download(Tiny with { Mirrors = [_server.Address + "old/", _server.Address] });

        Assert.Equal(["old/images.gz", "images.gz", "old/labels.gz", "labels.gz"], _server.Requests);
    }

    [Fact]
    public async Task The_next_mirror_is_asked_where_the_first_gives_another_file()
    {
        _server["old/images.gz"] = Labels;
        _server["old/labels.gz"] = Labels;
        await Download(Tiny with { Mirrors = [_server.Address + "old/", _server.Address] });

        Assert.Equal(["old/images.gz", "images.gz", "old/labels.gz"], _server.Requests);
        Assert.Equal(Images, File.ReadAllBytes(_folder["images.gz"]));
        Assert.Equal(["images.gz", "labels.gz"], _folder.Entries);
    }

    [Fact]
    public async Task When_all_mirrors_fail_the_last_failure_is_told()
    {
        _server["old/images.gz"] = Labels;
        var error = await ErrorOf(() => Download(Tiny with { Mirrors = [_server.Address + "old/", _server.Address + "none/"] }));

        Assert.StartsWith($"Cannot download '{_server.Address}none/images.gz': the server answers 404 (NotFound). ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_file_than_the_expected_one_is_deleted()
    {
        _server["images.gz"] = Labels;
        var error = await ErrorOf(Download);

        Assert.Equal(
            $"What '{_server.Address}images.gz' gave is not the file that is expected: its SHA-256 is {Hash(Labels)} and not {Hash(Images)}. It was deleted; try again.",
            error);
        Assert.Empty(_folder.Entries);
    }

    [Fact]
    public async Task Without_a_server_one_sentence_says_so_and_what_came_is_kept()
    {
        _server.Break(new FileServer.Fault(After: 100_000), new(Status: 404));
        await ErrorOf(Download);
        Assert.Equal(Images[..100_000], File.ReadAllBytes(_folder["images.gz.part"]));

        string free;
        using (var gone = new FileServer())
            free = gone.Address;
        Assert.StartsWith($"Cannot download '{free}images.gz': ", await ErrorOf(() => Download(Tiny with { Mirrors = [free] })), StringComparison.Ordinal);
        Assert.Equal(100_000, new FileInfo(_folder["images.gz.part"]).Length);
    }

    [Fact]
    public async Task Without_a_network_one_sentence_says_so() => Assert.StartsWith(
        // A name that no network knows, by RFC 6761.
        "Cannot download 'http://modelgen.invalid/images.gz': 'modelgen.invalid' cannot be found, so there is probably no network. ",
        await ErrorOf(() => Download(Tiny with { Mirrors = ["http://modelgen.invalid/"] })),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_file_of_that_name_is_never_written_over()
    {
        File.WriteAllText(_folder["images.gz"], "mine");

        Assert.Equal(
            $"'{_folder["images.gz"]}' is there already, but it is not the file of tiny: move it away, or name another folder with --to.", await ErrorOf(Download));
        Assert.Equal("mine", File.ReadAllText(_folder["images.gz"]));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(_folder["file"], "");

        Assert.StartsWith($"Cannot make the folder '{_folder["file"]}': ", await ErrorOf(() => Download(Tiny, _folder["file"])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_no_fault_of_the_network()
    {
        Directory.CreateDirectory(_folder["images.gz.part"]);

        Assert.StartsWith($"Cannot write '{_folder["images.gz.part"]}': ", await ErrorOf(Download), StringComparison.Ordinal);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Whoever_watches_sees_a_bar()
    {
        var terminal = new RecordingTerminal(interactive: true, unicode: false);
        await new DataSetDownload(NewTransfer(), terminal.Terminal, TimeProvider.System).RunAsync(Tiny, _folder.Path);

        Assert.Contains("\rimages.gz  " + new string(' ', 24) + "    0%  0.0 MB", terminal.Out, StringComparison.Ordinal);
        Assert.Equal("images.gz: 0.3 MB", terminal.Screen[0]);
    }

    [Fact]
    public void The_verb_downloads_into_the_folder_that_it_is_given()
    {
        var program = new TestProgram { DataSets = [Tiny] };

        Assert.Equal(0, program.Run("data", "--download", "tiny", "--to", _folder["new/folder"]));
        Assert.Equal(Images, File.ReadAllBytes(_folder["new/folder/images.gz"]));
        Assert.EndsWith($"train with --data {_folder["new/folder"]}\n", program.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_verb_fails_in_one_line()
    {
        var program = new TestProgram { DataSets = [Tiny with { Mirrors = [_server.Address + "none/"] }] };

        Assert.Equal(1, program.Run("data", "--download", "tiny", "--to", _folder.Path));
        Assert.StartsWith("error: Cannot download ", program.Error, StringComparison.Ordinal);
        Assert.Single(program.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Every_known_set_has_mirrors_and_hashes() => Assert.All(KnownDataSet.All, set =>
    {
        Assert.All(set.Mirrors, mirror => Assert.True(new Uri(mirror).AbsolutePath.EndsWith('/')));
        Assert.All(set.Files, file => Assert.Matches("^[0-9a-f]{64}$", file.Sha256));
        Assert.Equal(
            ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"], set.Files.Select(file => file.Name));
    });

    private KnownDataSet Tiny => new("tiny", [_server.Address], [new("images.gz", Hash(Images)), new("labels.gz", Hash(Labels))]);

    private static Transfer NewTransfer() => new(new HttpClient(new SocketsHttpHandler { UseProxy = false }), pause: TimeSpan.Zero, stall: TimeSpan.FromSeconds(1));

    private Task Download() => Download(Tiny);

    private Task Download(KnownDataSet set, string? folder = null) =>
        new DataSetDownload(NewTransfer(), _terminal.Terminal, TimeProvider.System).RunAsync(set, folder ?? _folder.Path);

    private static async Task<string> ErrorOf(Func<Task> action)
    {
        var message = (await Assert.ThrowsAsync<ModelGenException>(action)).Message;
        Assert.DoesNotContain('\n', message);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        return message;
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] RandomBytes(int count, ulong key)
    {
        var random = new SplitMix64(key);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next())];
    }
}
