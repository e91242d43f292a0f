namespace ModelGen.Tests;

/// <summary>A theory that torchvision itself attests, through <see cref="PythonTorch"/>; skipped on machines without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchvisionTheoryAttribute : TheoryAttribute
{
    /// <summary>Marks the test.</summary>
    public TorchvisionTheoryAttribute()
    {
        if (!PythonTorch.HasTorchvision)
            Skip = "Needs a Python with PyTorch and torchvision ('python3', 'python' or '/usr/bin/python3').";
    }
}
