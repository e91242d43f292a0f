namespace ModelGen.Tests;

/// <summary>A theory that PyTorch itself attests, through <see cref="PythonTorch"/>; skipped on machines without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonTheoryAttribute : TheoryAttribute
{
    /// <summary>Marks the test.</summary>
    public PythonTheoryAttribute()
    {
        if (!PythonTorch.IsAvailable)
            Skip = "Needs a Python with PyTorch ('python3', 'python' or '/usr/bin/python3').";
    }
}
