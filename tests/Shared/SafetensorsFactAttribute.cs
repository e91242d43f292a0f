namespace ModelGen.Tests;

/// <summary>A fact that Python's safetensors attests, through <see cref="PythonTorch"/>; skipped on machines without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SafetensorsFactAttribute : FactAttribute
{
    /// <summary>Marks the test.</summary>
    public SafetensorsFactAttribute()
    {
        if (!PythonTorch.HasSafetensors)
            Skip = "Needs a Python with PyTorch and safetensors ('python3', 'python' or '/usr/bin/python3').";
    }
}
