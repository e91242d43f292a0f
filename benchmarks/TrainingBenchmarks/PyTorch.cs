using System.ComponentModel;
using System.Diagnostics;
using ModelGen;

namespace TrainingBenchmarks;

/// <summary>A Python with PyTorch in it.</summary>
/// <param name="Program">The program to start.</param>
/// <param name="Version">PyTorch's version.</param>
internal sealed record PyTorch(string Program, string Version)
{
    /// <summary>Whether it has <c>torch.compile</c>, which came with version 2.</summary>
    public bool Compiles => !Version.StartsWith("1.", StringComparison.Ordinal);

    /// <summary>The first of the programs that can import the modules.</summary>
    /// <param name="programs">Where to look.</param>
    /// <param name="modules">What is needed: <c>torch</c>, or <c>torch, torchvision</c>.</param>
    /// <exception cref="ModelGenException">None can.</exception>
    public static PyTorch Find(IReadOnlyList<string> programs, string modules)
    {
        foreach (var program in programs)
        {
            if (VersionIn(program, modules) is { } version)
                return new PyTorch(program, version);
        }

        throw new ModelGenException($"PyTorch is needed to compare with, but '{string.Join("' and '", programs)}' can't import {modules}: install it, or name another Python with --python.");
    }

    /// <summary>The same; where there is none, it says so and gives null.</summary>
    public static PyTorch? FindOrSkip(IReadOnlyList<string> programs, string modules)
    {
        try
        {
            return Find(programs, modules);
        }
        catch (ModelGenException missing)
        {
            Console.WriteLine($"Skipped: {missing.Message}");
            return null;
        }
    }

    private static string? VersionIn(string program, string modules)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["-c", $"import {modules}; print(torch.__version__)"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync(); // beside the output, so that neither pipe fills up and blocks
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            error.Wait();
            return process.ExitCode == 0 ? version : null;
        }
        catch (Win32Exception)
        {
            return null; // there is no such program
        }
    }
}
