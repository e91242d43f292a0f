using ModelGen.Data;
using ModelGen.Training;
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
    private readonly HandWrittenNet _model = new();
    private readonly SGD _optimizer;
    private readonly NLLLoss _loss = NLLLoss();
    private readonly Tensor _images; // [count, 3, 28, 28], float32, 0 to 1
    private readonly Tensor _labels; // [count], int64
    private readonly ConvNet.Options _options;

    /// <param name="images">The images to learn from.</param>
    /// <param name="options">The batch size, the step size, and the seed of the orders.</param>
    /// <param name="initial">The network whose weights are copied.</param>
    public HandWrittenLoop(ImageSet images, ConvNet.Options options, ConvNet initial)
    {
        _options = options;
        _model.load_state_dict(initial.state_dict());
        _optimizer = optim.SGD(_model.parameters(), options.LearningRate);

        var pixels = Enumerable.Range(0, images.Count).SelectMany(index => images.Pixels(index).ToArray()).ToArray();
        var shape = images.Shape;
        _images = tensor(pixels, [images.Count, shape.Channels, shape.Height, shape.Width]).to(float32).div_(255f);
        _labels = tensor(Enumerable.Range(0, images.Count).Select(index => (long)images.Label(index)).ToArray());
    }

    public Scores TrainEpoch(int epoch)
    {
        _model.train();
        var loss = 0.0;
        var correct = 0L;
        foreach (var batch in Batches(epoch))
        {
            var step = Step(batch);
            loss += step.Loss * batch.Length;
            correct += step.Correct;
        }

        return new Scores(loss / Count, (double)correct / Count, Count);
    }

    public IEnumerable<double> Losses()
    {
        _model.train();
        for (var epoch = 1; ; epoch++)
        {
            foreach (var batch in Batches(epoch))
                yield return Step(batch).Loss;
        }
    }

    public void Dispose()
    {
        _images.Dispose();
        _labels.Dispose();
        _loss.Dispose();
        _optimizer.Dispose();
        _model.Dispose();
    }

    private int Count => (int)_labels.NumberOfElements;

    private IEnumerable<int[]> Batches(int epoch) =>
        SampleOrder.Shuffled(Count, _options.Seed, epoch).Chunk(_options.BatchSize);

    private (float Loss, long Correct) Step(int[] batch)
    {
        using var scope = NewDisposeScope();
        var index = tensor(batch);
        var images = _images.index_select(0, index);
        var labels = _labels.index_select(0, index);

        _optimizer.zero_grad();
        var output = _model.call(images);
        var loss = _loss.call(output, labels);
        loss.backward();
        _optimizer.step();
        return (loss.item<float>(), output.argmax(1).eq(labels).sum().item<long>());
    }
}
