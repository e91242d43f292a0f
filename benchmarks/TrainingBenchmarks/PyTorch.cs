using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ModelGen;

namespace TrainingBenchmarks;

/// <summary>A Python with PyTorch in it.</summary>
/// <param name="Program">The program to start.</param>
/// <param name="Version">PyTorch's version.</param>
internal sealed record PyTorch(string Program, string Version)
{
    /// <summary>The first of the programs that can import torch.</summary>
    /// <exception cref="ModelGenException">None can.</exception>
    public static PyTorch Find(IReadOnlyList<string> programs)
    {
        foreach (var program in programs)
        {
            if (Run(program, ["-c", "import torch; print(torch.__version__)"]) is { ExitCode: 0, Output: [var version] })
                return new PyTorch(program, version);
        }

        throw new ModelGenException($"PyTorch is needed to compare with, but '{string.Join("' and '", programs)}' can't import torch: install it, or name another Python with --python.");
    }

    /// <summary>Runs the seed's program on what the folder holds.</summary>
    /// <returns>The loss of each step.</returns>
    /// <exception cref="ModelGenException">The program failed.</exception>
    public double[] Losses(string folder, int steps, string precision)
    {
        var (exitCode, output, error) = Run(Program, [Path.Combine(AppContext.BaseDirectory, "seed_reference.py"), folder, precision])!.Value;
        if (exitCode != 0)
            throw new ModelGenException($"seed_reference.py failed under PyTorch {Version}: {error.LastOrDefault() ?? $"exit code {exitCode}"}");
        return output.Length == steps
            ? Array.ConvertAll(output, line => double.Parse(line, CultureInfo.InvariantCulture))
            : throw new ModelGenException($"seed_reference.py printed {output.Length} losses for {steps} steps.");
    }

    private static (int ExitCode, string[] Output, string[] Error)? Run(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync(); // beside the output, so that neither pipe fills up and blocks
            var output = Lines(process.StandardOutput.ReadToEnd());
            process.WaitForExit();
            return (process.ExitCode, output, Lines(error.Result));
        }
        catch (Win32Exception)
        {
            return null; // there is no such program
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
