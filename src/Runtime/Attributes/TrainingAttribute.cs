namespace ModelGen;

/// <summary>What training makes small.</summary>
public enum Loss
{
    /// <summary>Negative log likelihood (PyTorch's nll_loss); the network ends with log_softmax.</summary>
    Nll,

    /// <summary>log_softmax and negative log likelihood in one (PyTorch's cross_entropy); the network ends with linear.</summary>
    CrossEntropy,
}

/// <summary>How the gradients change the weights.</summary>
public enum Optimizer
{
    /// <summary>Stochastic gradient descent.</summary>
    Sgd,
}

/// <summary>How the network is trained; the options of a run can change the numbers.</summary>
/// <param name="loss">What training makes small.</param>
/// <param name="optimizer">How the gradients change the weights.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TrainingAttribute(Loss loss, Optimizer optimizer) : Attribute
{
    /// <summary>What training makes small.</summary>
    public Loss Loss { get; } = loss;

    /// <summary>How the gradients change the weights.</summary>
    public Optimizer Optimizer { get; } = optimizer;

    /// <summary>The optimizer's step size, above 0. Default: 0.01.</summary>
    public double LearningRate { get; set; } = 0.01;

    /// <summary>The share of the last step that the next one keeps, from 0 to below 1. Default: 0.</summary>
    public double Momentum { get; set; }

    /// <summary>Adds each weight, this many times, to its gradient, which pulls it towards zero: at least 0. Default: 0.</summary>
    public double WeightDecay { get; set; }

    /// <summary>Images per optimisation step, at least 1. Default: 32.</summary>
    public int BatchSize { get; set; } = 32;

    /// <summary>How often the whole training set is shown, at least 1. Default: 20.</summary>
    public int Epochs { get; set; } = 20;
}
