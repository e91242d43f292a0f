using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ModelGen.Tests.Data;

/// <summary>An HTTP server of this machine with a few files and the faults of the world; it notes what it was asked for.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, byte[]> _files = [];
    private readonly ConcurrentQueue<Fault> _faults = new();
    private readonly List<string> _requests = [];
    private readonly TaskCompletionSource _stopped = new();

    public FileServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>What goes wrong with one answer.</summary>
    /// <param name="Status">Answered instead of the file, if not 0.</param>
    /// <param name="After">So many bytes are sent.</param>
    /// <param name="Stalls">Then nothing comes any more, rather than the connection's end.</param>
    public sealed record Fault(int Status = 0, int After = 0, bool Stalls = false);

    public string Address { get; }

    /// <summary>Whether parts of a file can be had.</summary>
    public bool KnowsRanges { get; set; } = true;

    /// <summary>Each request's path, and behind it the range that was asked for.</summary>
    public string[] Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public byte[] this[string name]
    {
        set => _files[name] = value;
    }

    /// <summary>The next answers have these faults, one each.</summary>
    public void Break(params Fault[] faults) => Array.ForEach(faults, _faults.Enqueue);

    public void Dispose()
    {
        _stopped.SetResult();

        // And no waiting for the loop: a listener that is closed just as the loop asks it for a request may leave that question unanswered for good.
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = ServeAsync(context);
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            using (context.Response)
                await AnswerAsync(context);
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client went away, as it may.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (name, range) = (context.Request.Url!.AbsolutePath.TrimStart('/'), context.Request.Headers["Range"]);
        lock (_requests)
            _requests.Add(range is null ? name : $"{name} {range}");
        var fault = _faults.TryDequeue(out var next) ? next : null;
        var answer = context.Response;
        var start = range is null || !KnowsRanges ? 0 : int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        if (fault is { Status: > 0 } || !_files.TryGetValue(name, out var content))
        {
            answer.StatusCode = fault?.Status > 0 ? fault.Status : 404;
            return;
        }

        if (start > 0 && start >= content.Length)
        {
            answer.StatusCode = 416;
            answer.Headers["Content-Range"] = $"bytes */{content.Length}";
            return;
        }

        if (start > 0)
        {
            answer.StatusCode = 206;
            answer.Headers["Content-Range"] = $"bytes {start}-{content.Length - 1}/{content.Length}";
        }

        answer.ContentLength64 = content.Length - start;
        await answer.OutputStream.WriteAsync(content.AsMemory(start, Math.Min(content.Length - start, fault?.After ?? int.MaxValue)));
        if (fault is null)
            return;
        await answer.OutputStream.FlushAsync();
        if (fault.Stalls)
            await _stopped.Task;
        answer.Abort();
    }
}
