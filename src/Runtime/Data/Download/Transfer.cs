using System.Net;
using System.Net.Http.Headers;
using ModelGen.Formats;

namespace ModelGen.Data;

/// <summary>
/// Gets one file over HTTP into <c>PATH.part</c>, going on where an earlier attempt stopped. What may be over soon is tried again, with pauses
/// that grow; an attempt that brought something does not count.
/// </summary>
/// <param name="client">Its own time limit is for the head of an answer.</param>
/// <param name="pause">The first pause; each next one is twice as long.</param>
/// <param name="stall">How long nothing may come.</param>
internal sealed class Transfer(HttpClient client, TimeSpan pause, TimeSpan stall)
{
    private const int Attempts = 4;

    /// <summary>Fills the file to its end.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="part">Receives the bytes; what it holds already is kept where the server allows.</param>
    /// <param name="progress">Told the bytes that are there, and how many there will be if the server says it.</param>
    /// <param name="cancellation">Ends it; what came is kept.</param>
    /// <exception cref="HttpRequestException">The server refuses, can't be reached or breaks off again and again; the message is a clause.</exception>
    /// <exception cref="ModelGenException">The file can't be written.</exception>
    public async Task FetchAsync(Uri address, string part, Action<long, long?> progress, CancellationToken cancellation)
    {
        var delay = pause;
        for (var attempt = 1; ; attempt++)
        {
            var before = Length(part);
            try
            {
                await AttemptAsync(address, part, progress, cancellation).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (IsTransient(error, cancellation))
            {
                if (Length(part) > before)
                    (attempt, delay) = (0, pause);
                if (attempt == Attempts)
                    throw new HttpRequestException(Reason(error), error);
            }

            await Task.Delay(delay, cancellation).ConfigureAwait(false);
            delay *= 2;
        }
    }

    private async Task AttemptAsync(Uri address, string part, Action<long, long?> progress, CancellationToken cancellation)
    {
        var start = Length(part);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (start > 0)
            request.Headers.Range = new RangeHeaderValue(start, null);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Nothing is left to get, or the file there is another by now; the hash tells.
            if (answer.Content.Headers.ContentRange?.Length == start)
                return;
            await Open(part, append: false).DisposeAsync().ConfigureAwait(false);
            throw new IOException("the file on the server is shorter than what an earlier attempt brought");
        }

        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"the server answers {(int)answer.StatusCode} ({answer.StatusCode})", null, answer.StatusCode);
        // A server that knows no ranges sends everything.
        var goesOn = answer.StatusCode == HttpStatusCode.PartialContent && answer.Content.Headers.ContentRange?.From == start;
        if (answer.StatusCode == HttpStatusCode.PartialContent && !goesOn)
            throw new HttpRequestException("the server sends another part than it was asked for", null, answer.StatusCode);

        using var file = Open(part, append: goesOn);
        var (done, total) = (goesOn ? start : 0, (goesOn ? start : 0) + answer.Content.Headers.ContentLength);
        var body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        while (true)
        {
            progress(done, total);
            var read = await ReadAsync(body, buffer, cancellation).ConfigureAwait(false);
            if (read == 0)
                break;
            Write(file, buffer.AsSpan(0, read));
            done += read;
        }

        if (done < total)
            throw new IOException("the connection broke off");
    }

    private async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(stall);
        return await body.ReadAsync(buffer, limit.Token).ConfigureAwait(false);
    }

    private static bool IsTransient(Exception error, CancellationToken cancellation) => error switch
    {
        // What the server refuses, it refuses again; without a name there is no network.
        HttpRequestException { StatusCode: { } status } =>
            status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => false,
        HttpRequestException or IOException => true,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        _ => false,
    };

    private static string Reason(Exception error) => error is OperationCanceledException ? "nothing came for too long" : error.Message.TrimEnd('.');

    private static long Length(string part) => new FileInfo(part) is { Exists: true } file ? file.Length : 0;

    private static FileStream Open(string part, bool append)
    {
        try
        {
            return new FileStream(part, append ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(part, error);
        }
    }

    // Not an error of the network, which would be tried again.
    private static void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        try
        {
            file.Write(bytes);
            file.Flush();
        }
        catch (IOException error)
        {
            throw Unwritable(file.Name, error);
        }
    }

    private static ModelGenException Unwritable(string part, Exception error) =>
        new($"Cannot write '{part}': {error.Sentence()} Choose a place that can be written with --to.", error);
}
