using System.Runtime.InteropServices;

namespace ModelGen.CommandLine;

/// <summary>
/// Ctrl-C (SIGINT), SIGTERM, or SIGHUP of a terminal that is closed or of a connection that broke asks a run to stop, once it has something to keep; a
/// second one, or one before, ends the process as usual.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // Not disposed: a signal may be on its way when the run ends. It has no timer, and so nothing to free.
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="canStop">Whether the run will stop by itself when asked to.</param>
    public Interruption(Func<bool> canStop) =>
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = canStop() && !_source.IsCancellationRequested;
            if (context.Cancel)
                _source.Cancel();
        }))];

    /// <summary>Is cancelled by the signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Leaves the signals to the system again.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
