namespace ModelGen.Tests.Training;

/// <summary>Recipes in both forms that together set every setting of every loss, optimizer and schedule to something else than its default.</summary>
internal static class RecipeSpecs
{
    public static IReadOnlyList<(string Attributes, string Json)> All { get; } =
    [
        (
            "Loss.CrossEntropy, Optimizer.Sgd, LearningRate = 0.5, Momentum = 0.9, Nesterov = true, WeightDecay = 0.0001, Decay = \"weights\", BatchSize = 7, Epochs = 3",
            """ "loss": "cross_entropy", "optimizer": "sgd", "learning_rate": 0.5, "momentum": 0.9, "nesterov": true, "weight_decay": 0.0001, "decay": "weights", "batch_size": 7, "epochs": 3 """
        ),
        (
            "Loss.CrossEntropy, Optimizer.AdamW, LearningRate = 0.002, Beta1 = 0.8, Beta2 = 0.95, Eps = 1e-6, WeightDecay = 0.05, Decay = \"weights\", LabelSmoothing = 0.1, ClassWeights = [1, 2.5], TopK = 2, "
                + "Schedule = Schedule.Cosine, MinFactor = 0.01, WarmupEpochs = 1.5, WarmupFactor = 0.1, ClipNorm = 1, Accumulate = 4, EmaDecay = 0.999, "
                + "Patience = 5, MinDelta = 0.001, Monitor = \"accuracy\", ValidationShare = 0.1, Stratified = false",
            """
            "loss": "cross_entropy", "optimizer": "adamw", "learning_rate": 0.002, "beta1": 0.8, "beta2": 0.95, "eps": 1e-6, "weight_decay": 0.05, "decay": "weights",
            "label_smoothing": 0.1, "class_weights": [1, 2.5], "top_k": 2, "schedule": "cosine", "min_factor": 0.01, "warmup_epochs": 1.5, "warmup_factor": 0.1, "clip_norm": 1, "accumulate": 4,
            "ema_decay": 0.999, "patience": 5, "min_delta": 0.001, "monitor": "accuracy", "validation_share": 0.1, "stratified": false
            """
        ),
        (
            "Loss.Nll, Optimizer.Adam, LearningRate = 0.002, Beta1 = 0.8, Beta2 = 0.95, Eps = 1e-6, WeightDecay = 0.05, Decay = \"weights\", ClassWeights = [0.5, 2], TopK = 1, "
                + "Schedule = Schedule.Cosine, MinFactor = 0.01, RestartEpochs = 2.5, RestartFactor = 2, ClipValue = 0.5",
            """
            "loss": "nll", "optimizer": "adam", "learning_rate": 0.002, "beta1": 0.8, "beta2": 0.95, "eps": 1e-6, "weight_decay": 0.05, "decay": "weights",
            "class_weights": [0.5, 2], "top_k": 1, "schedule": "cosine", "min_factor": 0.01, "restart_epochs": 2.5, "restart_factor": 2, "clip_value": 0.5
            """
        ),
        (
            "Loss.Nll, Optimizer.RMSprop, LearningRate = 0.002, Alpha = 0.9, Eps = 1e-6, Momentum = 0.5, Centered = true, WeightDecay = 0.05, Decay = \"weights\", "
                + "Schedule = Schedule.Step, StepEpochs = 7.5, Gamma = 0.5",
            """
            "loss": "nll", "optimizer": "rmsprop", "learning_rate": 0.002, "alpha": 0.9, "eps": 1e-6, "momentum": 0.5, "centered": true, "weight_decay": 0.05, "decay": "weights",
            "schedule": "step", "step_epochs": 7.5, "gamma": 0.5
            """
        ),
        (
            "Loss.Nll, Optimizer.Adagrad, LearningRate = 0.02, LrDecay = 0.1, Eps = 1e-6, InitialAccumulatorValue = 0.1, WeightDecay = 0.05, Decay = \"weights\", "
                + "Schedule = Schedule.MultiStep, Milestones = [8, 12.5], Gamma = 0.5, WarmupEpochs = 1",
            """
            "loss": "nll", "optimizer": "adagrad", "learning_rate": 0.02, "lr_decay": 0.1, "eps": 1e-6, "initial_accumulator_value": 0.1, "weight_decay": 0.05, "decay": "weights",
            "schedule": "multi_step", "milestones": [8, 12.5], "gamma": 0.5, "warmup_epochs": 1
            """
        ),
        (
            "Loss.Nll, Optimizer.Lion, LearningRate = 0.0002, Beta1 = 0.8, Beta2 = 0.95, WeightDecay = 0.05, Decay = \"weights\", Schedule = Schedule.OneCycle, PctStart = 0.2, DivFactor = 10, FinalDivFactor = 100",
            """
            "loss": "nll", "optimizer": "lion", "learning_rate": 0.0002, "beta1": 0.8, "beta2": 0.95, "weight_decay": 0.05, "decay": "weights",
            "schedule": "one_cycle", "pct_start": 0.2, "div_factor": 10, "final_div_factor": 100
            """
        ),
        ("Loss.CrossEntropy, Optimizer.Sgd, Schedule = Schedule.Exponential, Gamma = 0.9", """ "loss": "cross_entropy", "optimizer": "sgd", "schedule": "exponential", "gamma": 0.9 """),
        ("Loss.CrossEntropy, Optimizer.Sgd, Schedule = Schedule.Polynomial, Power = 2, Accumulate = 2", """ "loss": "cross_entropy", "optimizer": "sgd", "schedule": "polynomial", "power": 2, "accumulate": 2 """),
        ("Loss.CrossEntropy, Optimizer.Adam, WarmupEpochs = 2", """ "loss": "cross_entropy", "optimizer": "adam", "warmup_epochs": 2 """),
        ("Loss.CrossEntropy, Optimizer.Adam, EmaDecay = 0.9, Accumulate = 2", """ "loss": "cross_entropy", "optimizer": "adam", "ema_decay": 0.9, "accumulate": 2 """),
        ("Loss.CrossEntropy, Optimizer.Adam, Freeze = [\"fc1.bias\"]", """ "loss": "cross_entropy", "optimizer": "adam", "freeze": ["fc1.bias"] """),
        ("Loss.CrossEntropy, Optimizer.Adam, Precision = Precision.BFloat16", """ "loss": "cross_entropy", "optimizer": "adam", "precision": "bfloat16" """),
        ("Loss.Mse, Optimizer.Adam", """ "loss": "mse", "optimizer": "adam" """),
        ("Loss.L1, Optimizer.Adam", """ "loss": "l1", "optimizer": "adam" """),
        ("Loss.SmoothL1, Optimizer.Adam, Beta = 0.5", """ "loss": "smooth_l1", "optimizer": "adam", "beta": 0.5 """),
        ("Loss.Huber, Optimizer.Adam, Delta = 2", """ "loss": "huber", "optimizer": "adam", "delta": 2 """),
        ("Loss.Bce, Optimizer.Adam", """ "loss": "bce", "optimizer": "adam" """),
        ("Loss.BceWithLogits, Optimizer.Adam", """ "loss": "bce_with_logits", "optimizer": "adam" """),
        ("Loss.KlDiv, Optimizer.Adam", """ "loss": "kl_div", "optimizer": "adam" """),
    ];
}
