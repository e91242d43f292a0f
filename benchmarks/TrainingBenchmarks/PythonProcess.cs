using System.Diagnostics;
using System.Text.Json;
using ModelGen;

namespace TrainingBenchmarks;

/// <summary>One of the scripts beside this program, running in a Python: each line that it is given is answered by a line, both in JSON.</summary>
internal sealed class PythonProcess : IDisposable
{
    private readonly string _script;
    private readonly Process _process;
    private readonly Task<string> _error;

    /// <summary>Starts the script and waits until it is ready, which it tells by a first line.</summary>
    /// <exception cref="ModelGenException">It failed.</exception>
    public PythonProcess(PyTorch python, string script, params IEnumerable<string> arguments)
    {
        _script = $"{script} under PyTorch {python.Version}";
        var start = new ProcessStartInfo(python.Program, [Path.Combine(AppContext.BaseDirectory, script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(Throughput.AllocatorSetting);
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync(); // beside the output, so that neither pipe fills up and blocks
        Threads = Answer<Greeting>().Threads;
    }

    /// <summary>The threads that its libtorch computes with.</summary>
    public int Threads { get; }

    /// <summary>Gives it a line and waits for the answer.</summary>
    /// <exception cref="ModelGenException">It failed.</exception>
    public TAnswer Ask<TAnswer>(object question)
    {
        try
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(question));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended: there is no answer either, and what is read instead says why.
        }

        return Answer<TAnswer>();
    }

    /// <summary>Ends its input, at which it ends by itself.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Waits for a line of its output.</summary>
    /// <exception cref="ModelGenException">It failed.</exception>
    public TAnswer Answer<TAnswer>()
    {
        if (_process.StandardOutput.ReadLine() is { } line)
            return JsonSerializer.Deserialize<TAnswer>(line, JsonSerializerOptions.Web)!;
        var reason = _error.Result.TrimEnd().Split('\n')[^1];
        throw new ModelGenException($"{_script} failed: {(reason.Length > 0 ? reason : "it ended without an answer")}");
    }

    private sealed record Greeting(int Threads);
}
