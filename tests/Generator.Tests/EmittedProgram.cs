using System.Diagnostics;
using Microsoft.CodeAnalysis;

namespace ModelGen.Tests;

/// <summary>A compiled program as a process of its own, beside the assemblies of the tests: to be killed, or to be watched from outside.</summary>
internal sealed class EmittedProgram : IDisposable
{
    private readonly string _path;

    /// <summary>Compiles the specs with <paramref name="code"/> as the top-level statements.</summary>
    public EmittedProgram(string code, params (string Path, string Text)[] specs)
    {
        var compiled = Compiled.FromProgram([.. specs, ("Program.cs", code)]).AssertClean();
        _path = Path.Combine(AppContext.BaseDirectory, compiled.Output.AssemblyName + ".dll");
        var result = compiled.Output.Emit(_path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }

    /// <summary>Starts it with the references and the runtime of the tests.</summary>
    public Process Start(params string[] args)
    {
        var tests = Path.ChangeExtension(typeof(EmittedProgram).Assembly.Location, null);
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["exec", "--depsfile", tests + ".deps.json", "--runtimeconfig", tests + ".runtimeconfig.json", _path, .. args])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public (int ExitCode, string Out, string Error) Run(params string[] args)
    {
        using var process = Start(args);
        return Finish(process);
    }

    /// <summary>Waits for its end.</summary>
    public static (int ExitCode, string Out, string Error) Finish(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public void Dispose() => File.Delete(_path);
}
