using System.Diagnostics;

namespace ModelGen.Tests;

/// <summary>A Python that has PyTorch, when this machine has one: the referee for what PyTorch accepts and computes.</summary>
public static class PythonTorch
{
    /// <summary>Asked in this order: the Python of an active environment comes before the system's.</summary>
    private static readonly string[] Candidates = ["python3", "python", "/usr/bin/python3"];

    private static readonly Lazy<string?> Found = new(() => Candidates.FirstOrDefault(python => Has(python, "torch")));

    private static readonly Lazy<bool> Vision = new(() => Found.Value is { } python && Has(python, "torchvision"));

    private static readonly Lazy<bool> Safetensors = new(() => Found.Value is { } python && Has(python, "safetensors"));

    private static readonly Lazy<bool> Onnx = new(() => Found.Value is { } python && Has(python, "onnx"));

    /// <summary>Whether there is one.</summary>
    public static bool IsAvailable => Found.Value is not null;

    /// <summary>Whether it has torchvision beside it.</summary>
    public static bool HasTorchvision => Vision.Value;

    /// <summary>Whether it has safetensors beside it.</summary>
    public static bool HasSafetensors => Safetensors.Value;

    /// <summary>Whether it has onnx beside it.</summary>
    public static bool HasOnnx => Onnx.Value;

    /// <summary>Runs a script to its end and returns what it printed.</summary>
    /// <param name="script">The script's file.</param>
    /// <param name="args">Its arguments.</param>
    /// <exception cref="InvalidOperationException">There is no Python with PyTorch, or the script failed; the message has what it wrote to stderr.</exception>
    public static string Run(string script, params string[] args)
    {
        var python = Found.Value ?? throw new InvalidOperationException("No Python with PyTorch was found.");
        var (exitCode, output, error) = Execute(python, [script, .. args]);
        return exitCode == 0 ? output : throw new InvalidOperationException($"'{script}' failed: {error}");
    }

    private static bool Has(string python, string package)
    {
        try
        {
            // Looks for the package without the seconds that importing it takes.
            return Execute(python, ["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)", package]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // No such program.
        }
    }

    private static (int ExitCode, string Output, string Error) Execute(string program, IEnumerable<string> arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.StartInfo.Environment["PYTHONIOENCODING"] = "utf-8";
        process.Start();

        // Both at once: a process that fills the pipe nobody reads waits for ever.
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
