using ModelGen.Data;
using ModelGen.Torch;
using ModelGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>What ModelGen generates from the spec: nothing in here trains by itself.</summary>
internal sealed class GeneratedLoop : ITrainingLoop
{
    private readonly ConvNet.Trainer _trainer;
    private readonly ConvNet.Data _data;
    private readonly double _learningRate;
    private readonly ScalarType _precision;

    /// <param name="images">The images to learn from.</param>
    /// <param name="options">The settings of the run.</param>
    /// <param name="precision">What <see cref="Losses"/> computes in; <see cref="TrainEpoch"/> takes float32 only.</param>
    public GeneratedLoop(ImageSet images, ConvNet.Options options, ScalarType precision = ScalarType.Float32)
    {
        _precision = precision;
        _learningRate = options.LearningRate;
        Model = new ConvNet();
        Model.to(precision);
        _trainer = new ConvNet.Trainer(Model, options);
        _data = new ConvNet.Data(images, options, _trainer.Device);
    }

    /// <summary>The network; it has its initial weights until the first step.</summary>
    public ConvNet Model { get; }

    public Scores TrainEpoch(int epoch) => _trainer.TrainEpoch(_data, epoch);

    public IEnumerable<double> Losses()
    {
        Model.train();
        for (var epoch = 1; ; epoch++)
        {
            foreach (var batch in _data.Shuffled(epoch))
            {
                using (batch)
                using (var image = batch.Image.to(_precision))
                {
                    using var totals = new ClassificationTotals(_trainer.Device);
                    _trainer.Step(batch with { Image = image }, totals, _learningRate);
                    yield return totals.Read().Loss;
                }
            }
        }
    }

    public void Dispose()
    {
        _data.Dispose();
        _trainer.Dispose();
        Model.Dispose();
    }
}
