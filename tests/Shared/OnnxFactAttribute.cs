namespace ModelGen.Tests;

/// <summary>A fact that ONNX's own Python package attests, through <see cref="PythonTorch"/>; skipped on machines without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnnxFactAttribute : FactAttribute
{
    /// <summary>Marks the test.</summary>
    public OnnxFactAttribute()
    {
        if (!PythonTorch.HasOnnx)
            Skip = "Needs a Python with PyTorch and onnx, such as Debian's python3-onnx ('python3', 'python' or '/usr/bin/python3').";
    }
}
