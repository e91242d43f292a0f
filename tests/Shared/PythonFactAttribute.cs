namespace ModelGen.Tests;

/// <summary>A fact that PyTorch itself attests, through <see cref="PythonTorch"/>; skipped on machines without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    /// <summary>Marks the test.</summary>
    public PythonFactAttribute()
    {
        if (!PythonTorch.IsAvailable)
            Skip = "Needs a Python with PyTorch ('python3', 'python' or '/usr/bin/python3').";
    }
}
