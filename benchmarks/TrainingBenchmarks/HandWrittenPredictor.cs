using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>Prediction as one writes it with TorchSharp: eager, in eval and inference mode, temporaries left to a scope.</summary>
internal sealed class HandWrittenPredictor : IDisposable
{
    private readonly HandWrittenNet _model;

    /// <param name="model">The network, from now on this predictor's.</param>
    public HandWrittenPredictor(HandWrittenNet model)
    {
        _model = model;
        _model.eval();
    }

    /// <summary>The most likely class of each image, and its probability.</summary>
    /// <param name="pixels">[N, 3, 28, 28], row-major, 0 to 255.</param>
    public (int Label, float Confidence)[] Predict(byte[] pixels)
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var images = tensor(pixels, [pixels.Length / (3 * 28 * 28), 3, 28, 28]).to(float32).div_(255f);
        var (confidences, labels) = _model.call(images).exp().max(1);
        return [.. labels.data<long>().Zip(confidences.data<float>(), (label, confidence) => ((int)label, confidence))];
    }

    public void Dispose() => _model.Dispose();
}
