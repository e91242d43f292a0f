using System.Diagnostics;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainingBenchmarks;

/// <summary>
/// The training loop as TorchSharp's own MNIST example has it: float images in memory, a batch gathered by index, a dispose scope
/// per step, and loss and accuracy read after every step, which PyTorch programs with a progress bar do too.
/// </summary>
internal sealed class HandWrittenLoop : ITrainingLoop
{
    private readonly Module<Tensor, Tensor> _model;
    private readonly Func<Tensor, Tensor, Tensor> _loss;
    private readonly SGD _optimizer;
    private readonly Tensor _images; // [count, 3, 28, 28], float32, 0 to 1
    private readonly Tensor _labels; // [count], int64
    private readonly Workload _workload;

    /// <param name="workload">What to train on.</param>
    /// <param name="name">What the tables call it.</param>
    /// <param name="model">The network, from now on this loop's.</param>
    /// <param name="loss">The mean loss of an output and its labels.</param>
    public HandWrittenLoop(Workload workload, string name, Module<Tensor, Tensor> model, Func<Tensor, Tensor, Tensor> loss)
    {
        (_workload, Name, _loss) = (workload, name, loss);
        _model = workload.Initial(model);
        _optimizer = optim.SGD(_model.parameters(), workload.Options.LearningRate);

        var (images, shape) = (workload.Images, workload.Images.Shape);
        var pixels = new byte[images.Count * shape.Length];
        for (var image = 0; image < images.Count; image++)
            images.Read(image, pixels.AsSpan(image * shape.Length));
        using var bytes = tensor(pixels, [images.Count, shape.Channels, shape.Height, shape.Width]);
        _images = bytes.to(float32).div_(255f);
        _labels = tensor(Enumerable.Range(0, images.Count).Select(index => (long)images.Label(index)).ToArray());
    }

    public string Name { get; }

    public TrainedEpoch TrainEpoch(int epoch)
    {
        var start = Stopwatch.GetTimestamp();
        _model.train();
        var loss = 0.0;
        var correct = 0L;
        foreach (var batch in _workload.Batches(epoch))
        {
            var step = Step(batch);
            loss += step.Loss * batch.Length;
            correct += step.Correct;
        }

        return new(loss / _workload.Images.Count, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public double[] Losses(int steps)
    {
        _model.train();
        return [.. _workload.FirstBatches(steps).Select(batch => Step(batch).Loss)];
    }

    public void Dispose()
    {
        _images.Dispose();
        _labels.Dispose();
        _optimizer.Dispose();
        _model.Dispose();
    }

    private (float Loss, long Correct) Step(int[] batch)
    {
        using var scope = NewDisposeScope();
        var index = tensor(batch);
        var images = _images.index_select(0, index);
        var labels = _labels.index_select(0, index);

        _optimizer.zero_grad();
        var output = _model.call(images);
        var loss = _loss(output, labels);
        loss.backward();
        _optimizer.step();
        return (loss.item<float>(), output.argmax(1).eq(labels).sum().item<long>());
    }
}
