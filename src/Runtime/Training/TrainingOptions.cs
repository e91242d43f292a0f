using ModelGen.CommandLine;

namespace ModelGen.Training;

/// <summary>
/// What one run may set: the command line's options, and the defaults that a network's spec gives them. Each generated
/// <c>Options</c> record overrides the ones that its spec decides, so that hovering shows their values.
/// </summary>
public abstract record TrainingOptions
{
    /// <summary>The folder with the training data, or null to draw digits.</summary>
    public string? Data { get; init; }

    /// <summary>The folder with the test data, or null to use what <see cref="Data"/> holds.</summary>
    public string? TestData { get; init; }

    /// <summary>How often the whole training set is shown: at least 1.</summary>
    public abstract int Epochs { get; init; }

    /// <summary>Images, or rows of a table, per batch: at least 1.</summary>
    public abstract int BatchSize { get; init; }

    /// <summary>The optimizer's step size: above 0, also as float32, which is from 1.4e-45 to 3.4e38.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>Where to compute: <c>auto</c> (CUDA when present), <c>cpu</c>, <c>cuda</c> or <c>cuda:n</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>
    /// Whether float32 products may be rounded to TensorFloat-32 on CUDA, 10 bits of mantissa instead of 23: faster, and no longer what the CPU computes.
    /// Elsewhere it changes nothing.
    /// </summary>
    public bool Tf32 { get; init; }

    /// <summary>
    /// Whether each operation must give the same bits each time; one that can't then stops the run. Without it cuDNN takes the algorithms that were fastest when
    /// it tried them. The CPU gives the same bits anyway, and so does the C# backend, which has nothing to set.
    /// </summary>
    public bool Deterministic { get; init; }

    /// <summary>What decides the initial weights, the order of the samples and the drawn digits.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads that prepare batches while the network computes: at least 1. The order of the samples doesn't depend on it.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>
    /// Whether the images live on the device, where batches are gathered. They are the same batches, and no thread and no copy is needed for them.
    /// Images that are augmented, and rows, are prepared on the host.
    /// </summary>
    public Residence Resident { get; init; } = Residence.Auto;

    /// <summary>Whether <see cref="Resident"/> can be on: that is for the spec to say.</summary>
    protected internal virtual bool CanReside => true;

    /// <summary>The share of the training set that the spec holds out to judge epochs by: at least 0 and below 1.</summary>
    protected internal virtual double ValidationShare => 0;

    /// <summary>Threads that compute on the CPU; 0 leaves the choice to libtorch, and is one for each core where the network is compiled to C#. Another number may change last digits.</summary>
    public int Threads { get; init; }

    /// <summary>Use only this many training images (and at most as many test images), or null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Train on only this many images, and test on the same ones, to see whether the network can learn at all; null for an ordinary run.</summary>
    public int? Overfit { get; init; }

    /// <summary>Write <c>last.ckpt</c> after every so many batches, at least 1, or null for after each epoch only.</summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>Keep the checkpoints of this many last epochs as <c>epoch-0001.ckpt</c> and so on: at least 0.</summary>
    public int Keep { get; init; }

    /// <summary>
    /// Go on where <c>last.ckpt</c> in <see cref="Out"/> stopped. Network, data, seed, batch size and learning rate must be those of then. What the run began from,
    /// <see cref="Load"/> and <see cref="LoadOptimizer"/>, stays in its record and is not read again.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Whether decoded image files are kept in a file beside the data, or in the user's cache folder, and taken from there by the next run;
    /// without it they are decoded into memory by each run.
    /// </summary>
    public bool Cache { get; init; } = true;

    /// <summary>The folder that receives the weights, the checkpoints and the figures.</summary>
    public abstract string Out { get; init; }

    /// <summary>Weights to start from, a state_dict (<c>.pth</c>, <c>.safetensors</c>) or a checkpoint, or null to start from random ones.</summary>
    public string? Load { get; init; }

    /// <summary>What is taken off the beginning of the names in <see cref="Load"/>, such as <c>module.</c>, or null for nothing.</summary>
    public string? StripPrefix { get; init; }

    /// <summary>
    /// Whether of <see cref="Load"/> only what fits is taken, and what does not is left and listed: for a network with another head. It is refused when nothing
    /// fits, and by the C# backend.
    /// </summary>
    public bool Partial { get; init; }

    /// <summary>
    /// A PyTorch checkpoint whose optimizer's state to go on from, <c>torch.save(optimizer.state_dict(), path)</c> or a file that holds one beside the weights
    /// in <see cref="Load"/>; or null for an optimizer that starts anew. The numbers, such as the learning rate, stay the run's.
    /// </summary>
    public string? LoadOptimizer { get; init; }

    /// <summary>
    /// Where the weights go after each epoch beside <see cref="Out"/>: safetensors where the name ends in <c>.safetensors</c>, else a PyTorch state_dict; or
    /// null for nowhere.
    /// </summary>
    public string? Save { get; init; }

    /// <summary>Where the optimizer's state goes after each epoch, as PyTorch's <c>load_state_dict(torch.load(path))</c> takes it; or null for nowhere.</summary>
    public string? SaveOptimizer { get; init; }

    /// <summary>The forms in which the epochs are written into <see cref="Out"/>.</summary>
    public LogFormats Log { get; init; } = LogFormats.Jsonl;

    /// <summary>Whether to draw the progress bar; without it each epoch is one line.</summary>
    public bool Progress { get; init; } = true;

    /// <summary>Refuses what no run can have, in the words of the command line.</summary>
    /// <param name="options">The options of a run.</param>
    /// <exception cref="ArgumentNullException">There are none, or one that must have a value has none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range: the message names the option, and what it takes.</exception>
    /// <exception cref="ModelGenException">Two options exclude each other, or one lacks another or its file.</exception>
    public static void Check(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Out);
        ArgumentNullException.ThrowIfNull(options.Device);
        TrainingSettings.Check(options);
        if (options is { Overfit: not null, Limit: not null })
            throw new ModelGenException("--overfit and --limit both say how much of the training data is used: give one of them.");
        GivenWeights.CheckStart(options);
    }
}
