// Derived from src/Generator/Training by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>What training makes small.</summary>
public enum Loss
{
    /// <summary>Binary cross entropy of each label, -ln(output) where it holds and -ln(1 - output) where not; the network ends with sigmoid: torch.nn.functional.binary_cross_entropy.</summary>
    Bce,

    /// <summary>sigmoid and binary cross entropy of each label in one; the network ends with linear: torch.nn.functional.binary_cross_entropy_with_logits.</summary>
    BceWithLogits,

    /// <summary>log_softmax and negative log likelihood in one; the network ends with linear: torch.nn.functional.cross_entropy.</summary>
    CrossEntropy,

    /// <summary>delta (e - delta / 2) of the error e = |output - target|, and e^2 / 2 where e is below delta: torch.nn.functional.huber_loss.</summary>
    Huber,

    /// <summary>Kullback-Leibler divergence of each sample, the sum of target (ln(target) - output), PyTorch's batchmean; the network ends with log_softmax: torch.nn.functional.kl_div.</summary>
    KlDiv,

    /// <summary>Mean absolute error, |output - target|: torch.nn.functional.l1_loss.</summary>
    L1,

    /// <summary>Mean squared error, (output - target)^2: torch.nn.functional.mse_loss.</summary>
    Mse,

    /// <summary>Negative log likelihood, -output[label]; the network ends with log_softmax: torch.nn.functional.nll_loss.</summary>
    Nll,

    /// <summary>The error e = |output - target| less beta / 2, and e^2 / (2 beta) where e is below beta: torch.nn.functional.smooth_l1_loss.</summary>
    SmoothL1,
}

/// <summary>How the gradients change the weights.</summary>
public enum Optimizer
{
    /// <summary>Adagrad, w -= rate g / (sqrt(s) + eps) with the sum s of all squares of gradients so far: torch.optim.Adagrad.</summary>
    Adagrad,

    /// <summary>Adam, w -= rate m / (sqrt(v) + eps) with the corrected running means m of the gradients and v of their squares: torch.optim.Adam.</summary>
    Adam,

    /// <summary>Adam whose decay shrinks the weights themselves, w *= 1 - rate decay, and not by way of the gradient: torch.optim.AdamW.</summary>
    AdamW,

    /// <summary>Lion, w -= rate sign(m) with a running mean m of the gradients; the decay shrinks the weights themselves, as AdamW's: arXiv:2302.06675.</summary>
    Lion,

    /// <summary>RMSprop, w -= rate g / (sqrt(v) + eps) with the running mean v of the gradients' squares: torch.optim.RMSprop.</summary>
    RMSprop,

    /// <summary>Stochastic gradient descent, b = momentum b + g and w -= rate b: torch.optim.SGD.</summary>
    Sgd,
}

/// <summary>What becomes of the learning rate in the course of the run.</summary>
public enum Schedule
{
    /// <summary>The learning rate as it is.</summary>
    Constant,

    /// <summary>Lowered along half a cosine, min + (1 - min) (1 + cos(pi step / steps)) / 2, once to the end of the run or again and again: torch.optim.lr_scheduler.CosineAnnealingLR, torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.</summary>
    Cosine,

    /// <summary>Multiplied by gamma in the course of each epoch, at every step by the same: gamma ^ (step / steps of an epoch): torch.optim.lr_scheduler.ExponentialLR.</summary>
    Exponential,

    /// <summary>Multiplied by gamma at each of the milestones: torch.optim.lr_scheduler.MultiStepLR.</summary>
    MultiStep,

    /// <summary>Raised from learning_rate / div_factor to learning_rate, then lowered to almost nothing, along half a cosine each: torch.optim.lr_scheduler.OneCycleLR.</summary>
    OneCycle,

    /// <summary>Lowered to zero at the end of the run, (1 - step / steps) ^ power: torch.optim.lr_scheduler.PolynomialLR.</summary>
    Polynomial,

    /// <summary>Multiplied by gamma every step_epochs epochs: torch.optim.lr_scheduler.StepLR.</summary>
    Step,
}

/// <summary>What the forward pass computes in; weights, gradients and the optimizer stay float32.</summary>
public enum Precision
{
    /// <summary>float32 throughout.</summary>
    Float32,

    /// <summary>bfloat16, 8 bits of mantissa, for convolutions, linear layers and attention, and float32 where PyTorch's autocast keeps it: torch.autocast.</summary>
    BFloat16,
}

/// <summary>How the network is trained; the options of a run can change some of the numbers. docs/training.md explains each.</summary>
/// <param name="loss">What training makes small.</param>
/// <param name="optimizer">How the gradients change the weights.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TrainingAttribute(Loss loss, Optimizer optimizer) : Attribute
{
    /// <summary>What training makes small.</summary>
    public Loss Loss { get; } = loss;

    /// <summary>How the gradients change the weights.</summary>
    public Optimizer Optimizer { get; } = optimizer;

    /// <summary>What becomes of the learning rate in the course of the run. Default: required.</summary>
    public Schedule Schedule { get; set; }

    /// <summary>What the forward pass computes in; weights, gradients and the optimizer stay float32. Default: required.</summary>
    public Precision Precision { get; set; }

    /// <summary>Samples per batch: a whole number of at least 1. Default: required.</summary>
    public int BatchSize { get; set; } = 32;

    /// <summary>How often the whole training set is shown: a whole number of at least 1. Default: required.</summary>
    public int Epochs { get; set; } = 20;

    /// <summary>Epochs, also parts of one, in which the learning rate rises in a straight line before the schedule begins: a number of at least 0. Default: required.</summary>
    public double WarmupEpochs { get; set; }

    /// <summary>The share of the learning rate that the warm-up starts from: a number above 0 and below 1. Default: required.</summary>
    public double WarmupFactor { get; set; } = 0.01;

    /// <summary>The longest that all gradients together, as one vector, may be; longer ones are shortened to it: a number above 0. Default: required.</summary>
    public double ClipNorm { get; set; }

    /// <summary>The largest that a single value of a gradient may be, up or down; larger ones are cut to it: a number above 0. Default: required.</summary>
    public double ClipValue { get; set; }

    /// <summary>Batches whose gradients are averaged for one step, as if they were one batch: a whole number of at least 1. Default: required.</summary>
    public int Accumulate { get; set; } = 1;

    /// <summary>How much of the weights' running mean stays at each step; the mean is what is tested and saved: a number above 0 and below 1. Default: required.</summary>
    public double EmaDecay { get; set; }

    /// <summary>Epochs without an improvement after which the run stops: a whole number of at least 1. Default: required.</summary>
    public int Patience { get; set; }

    /// <summary>How much better than the best a value must be to count as an improvement: a number of at least 0. Default: required.</summary>
    public double MinDelta { get; set; }

    /// <summary>What tells the best epoch and an improvement, a falling loss or a rising accuracy: one of 'loss', 'accuracy'. Default: required.</summary>
    public string Monitor { get; set; } = "accuracy";

    /// <summary>The share of the training set that is held out to judge each epoch: a number above 0 and below 1. Default: required.</summary>
    public double ValidationShare { get; set; }

    /// <summary>Whether each class has the same share in what is held out: true or false. Default: required.</summary>
    public bool Stratified { get; set; } = true;

    /// <summary>The parameters that training leaves as they are, by their keys, where * stands for any letters: "features.*"; batch norms among them stay as in evaluation: a list of one or more texts, all different and each from 1 to 100 characters long. Default: required.</summary>
    public string[] Freeze { get; set; } = [];

    /// <summary>How much an image of each class counts, one number per class; the mean is divided by the sum of its images' weights: a list of one or more numbers above 0. Of cross_entropy, nll. Default: none.</summary>
    public double[] ClassWeights { get; set; } = [];

    /// <summary>The share of each label that is spread over all classes, so that the network need not become certain: a number from 0 to below 1. Of cross_entropy. Default: 0.0.</summary>
    public double LabelSmoothing { get; set; }

    /// <summary>Also measures how often the right class is among so many highest scores: a whole number of at least 1. Of cross_entropy, nll. Default: no such score.</summary>
    public int TopK { get; set; }

    /// <summary>The error above which the loss is linear: a number above 0. Of huber. Default: 1.0.</summary>
    public double Delta { get; set; } = 1.0;

    /// <summary>The error below which the loss is quadratic: a number above 0. Of smooth_l1. Default: 1.0.</summary>
    public double Beta { get; set; } = 1.0;

    /// <summary>The optimizer's step size: a number above 0. Default: 0.01 (adagrad, rmsprop, sgd), 0.001 (adam, adamw), 0.0001 (lion).</summary>
    public double LearningRate { get; set; }

    /// <summary>How much each step adds to what the learning rate is divided by, 1 + lr_decay (step - 1): a number of at least 0. Of adagrad. Default: 0.0.</summary>
    public double LrDecay { get; set; }

    /// <summary>Added to a divisor, to keep it from zero: a number above 0. Of adagrad, adam, adamw, rmsprop. Default: 1E-10 (adagrad), 1E-08 (adam, adamw, rmsprop).</summary>
    public double Eps { get; set; }

    /// <summary>What the sums of squares start from: a number of at least 0. Of adagrad. Default: 0.0.</summary>
    public double InitialAccumulatorValue { get; set; }

    /// <summary>How strongly weights are pulled towards zero: a number of at least 0. Default: 0.0 (adagrad, adam, lion, rmsprop, sgd), 0.01 (adamw).</summary>
    public double WeightDecay { get; set; }

    /// <summary>What weight_decay takes hold of, all parameters or weights alone, which are those of two dimensions or more and neither biases nor norms: one of 'all', 'weights'. Default: all.</summary>
    public string Decay { get; set; } = "all";

    /// <summary>How much of the gradients' running mean stays at each step: a number from 0 to below 1. Of adam, adamw, lion. Default: 0.9.</summary>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>How much of the second running mean stays at each step, of the squares' or Lion's of the gradients: a number from 0 to below 1. Of adam, adamw, lion. Default: 0.999 (adam, adamw), 0.99 (lion).</summary>
    public double Beta2 { get; set; }

    /// <summary>How much of the squares' running mean stays at each step: a number from 0 to below 1. Of rmsprop. Default: 0.99.</summary>
    public double Alpha { get; set; } = 0.99;

    /// <summary>The share of the last step that the next one keeps: a number from 0 to below 1. Of rmsprop, sgd. Default: 0.0.</summary>
    public double Momentum { get; set; }

    /// <summary>Whether the square of the gradients' running mean is taken off the squares': true or false. Of rmsprop. Default: false.</summary>
    public bool Centered { get; set; }

    /// <summary>Whether the gradient is taken ahead of the momentum, w -= rate (g + momentum b): true or false. Of sgd. Default: false.</summary>
    public bool Nesterov { get; set; }

    /// <summary>The share of the learning rate that is left at the lowest point, eta_min / learning_rate: a number from 0 to 1. Of cosine. Default: 0.0.</summary>
    public double MinFactor { get; set; }

    /// <summary>Epochs, also parts of one, to the lowest point, from which the learning rate starts again at the top: a number above 0. Of cosine. Default: the run.</summary>
    public double RestartEpochs { get; set; }

    /// <summary>How many times longer the time from one restart to the next becomes: a whole number of at least 1. Of cosine. Default: 1.</summary>
    public int RestartFactor { get; set; } = 1;

    /// <summary>What the learning rate is multiplied by, at each change or in each epoch: a number above 0 and below 1. Of exponential, multi_step, step.</summary>
    public double Gamma { get; set; }

    /// <summary>The epochs, also parts of one and counted from the end of the warm-up, at which the learning rate changes: a list of one or more numbers above 0. Of multi_step.</summary>
    public double[] Milestones { get; set; } = [];

    /// <summary>The share of the run in which the learning rate rises: a number above 0 and below 1. Of one_cycle. Default: 0.3.</summary>
    public double PctStart { get; set; } = 0.3;

    /// <summary>How many times smaller than learning_rate the first rate is: a number above 0. Of one_cycle. Default: 25.0.</summary>
    public double DivFactor { get; set; } = 25.0;

    /// <summary>How many times smaller than the first the last rate is: a number above 0. Of one_cycle. Default: 10000.0.</summary>
    public double FinalDivFactor { get; set; } = 10000.0;

    /// <summary>The power of the share that is left; 1 is a straight line: a number above 0. Of polynomial. Default: 1.0.</summary>
    public double Power { get; set; } = 1.0;

    /// <summary>Epochs, also parts of one, from one change of the learning rate to the next: a number above 0. Of step.</summary>
    public double StepEpochs { get; set; }
}
