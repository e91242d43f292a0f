using System.Security.Cryptography;
using ModelGen.CommandLine;
using ModelGen.Formats;
using ModelGen.Reporting;

namespace ModelGen.Data;

/// <summary>Puts a data set's files into a folder, each checked by its hash; those that are there already stay.</summary>
/// <param name="transfer">Gets a file.</param>
/// <param name="terminal">Shows the progress.</param>
/// <param name="time">Says when to show it again.</param>
internal sealed class DataSetDownload(Transfer transfer, Terminal terminal, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly LiveLine _line = new(terminal, terminal.Interactive);

    /// <summary>Downloads what is missing, and says where it is.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="folder">The folder; it is made if it is not there.</param>
    /// <param name="cancellation">Ends it; what came is kept and the next call goes on.</param>
    /// <exception cref="ModelGenException">A file can't be had, is not the one expected, or can't be written.</exception>
    public async Task RunAsync(KnownDataSet set, string folder, CancellationToken cancellation = default)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"Cannot make the folder '{folder}': {error.Sentence()} Choose another with --to.", error);
        }

        foreach (var file in set.Files)
        {
            var path = Path.Combine(folder, file.Name);
            if (!File.Exists(path))
                await GetAsync(set, file, path, cancellation).ConfigureAwait(false);
            else if (HashOf(path) != file.Sha256)
                throw new ModelGenException($"'{path}' is there already, but it is not the file of {set.Name}: move it away, or name another folder with --to.");
            else
                _line.Finish($"{file.Name}: there already");
        }

        _line.Finish($"{set.Name} is in {folder}: train with --data {Resumption.Quoted(folder)}");
    }

    private async Task GetAsync(KnownDataSet set, KnownFile file, string path, CancellationToken cancellation)
    {
        var part = path + ".part";
        ModelGenException? failure = null;
        foreach (var mirror in set.Mirrors)
        {
            var address = new Uri(mirror + file.Name);
            try
            {
                // What an earlier call left may be of another file; then it is got once more from its beginning.
                var wasStarted = File.Exists(part);
                await FetchAsync(address, file.Name, part, cancellation).ConfigureAwait(false);
                if (wasStarted && HashOf(part) != file.Sha256)
                {
                    File.Delete(part);
                    await FetchAsync(address, file.Name, part, cancellation).ConfigureAwait(false);
                }

                var found = HashOf(part);
                if (found == file.Sha256)
                {
                    Take(file, part, path);
                    return;
                }

                // A mirror may be stale, or show a page of its own in the file's place; the next is asked all the same.
                File.Delete(part);
                failure = new ModelGenException(
                    $"What '{address}' gave is not the file that is expected: its SHA-256 is {found} and not {file.Sha256}. It was deleted; try again.");
            }
            catch (HttpRequestException error)
            {
                failure = Unavailable(address, path, error);
            }
            finally
            {
                _line.Leave();
            }
        }

        throw failure!;
    }

    private static ModelGenException Unavailable(Uri address, string path, HttpRequestException error)
    {
        var reason = error.HttpRequestError == HttpRequestError.NameResolutionError
            ? $"'{address.Host}' cannot be found, so there is probably no network"
            : error.Message.TrimEnd('.');
        return new ModelGenException(
            $"Cannot download '{address}': {reason}. Try again later, which goes on where this stopped, or put the file into '{Path.GetDirectoryName(path)}'.", error);
    }

    private async Task FetchAsync(Uri address, string name, string part, CancellationToken cancellation)
    {
        var drawn = 0L;
        await transfer.FetchAsync(address, part, Show, cancellation).ConfigureAwait(false);

        void Show(long done, long? total)
        {
            if (!_line.IsLive || (drawn > 0 && time.GetElapsedTime(drawn) < Interval))
                return;
            drawn = time.GetTimestamp();
            var bar = total > 0 ? $"  {ProgressBar.Draw(done, total.Value, 24, terminal.Unicode)}  {100 * done / total,3}%" : "";
            var line = $"{name}{bar}  {Megabytes(done)}";
            _line.Draw(line.Length <= _line.Columns ? line : line[.._line.Columns]);
        }
    }

    private void Take(KnownFile file, string part, string path)
    {
        var length = new FileInfo(part).Length;
        // A rename may reach the disk before the bytes do: after a power cut something else would stand under the final name, and be refused from then on.
        using (var bytes = new FileStream(part, FileMode.Open, FileAccess.ReadWrite))
            bytes.Flush(flushToDisk: true);
        File.Move(part, path);
        _line.Finish($"{file.Name}: {Megabytes(length)}");
    }

    private static string HashOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"Cannot read '{path}': {error.Message}", error);
        }
    }

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / 1e6:N1} MB");
}
