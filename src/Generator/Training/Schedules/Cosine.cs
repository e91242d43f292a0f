using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class Cosine : ScheduleKind
{
    private static readonly Parameter<double> MinFactor = Parameter.Real(
        "min_factor", "The share of the learning rate that is left at the lowest point, eta_min / learning_rate", 0, 0, max: 1);
    private static readonly Parameter<double> RestartEpochs = Parameter.Real(
        "restart_epochs", "Epochs, also parts of one, to the lowest point, from which the learning rate starts again at the top",
        0, null, open: true, fallbackWords: "the run");
    private static readonly Parameter<long> RestartFactor = Parameter.Integer(
        "restart_factor", "How many times longer the time from one restart to the next becomes", 1, 1);

    public override string Keyword => "cosine";

    public override string Doc => "Lowered along half a cosine, min + (1 - min) (1 + cos(pi step / steps)) / 2, once to the end of the run or again and again";

    public override IReadOnlyList<Parameter> Parameters { get; } = [MinFactor, RestartEpochs, RestartFactor];

    public override string? Source => "torch.optim.lr_scheduler.CosineAnnealingLR, torch.optim.lr_scheduler.CosineAnnealingWarmRestarts";

    public override bool SpansRun(Settings settings) => !settings.Has(RestartEpochs);

    protected override string SchedulerName => "CosineAnnealingLR";

    public override string Construct(Settings settings, string run) => settings.Has(RestartEpochs)
        ? New("CosineRestartsSchedule", [Steps(settings.Get(RestartEpochs)), .. Arguments(settings, [RestartFactor, MinFactor])])
        : New("CosineSchedule", [run, .. Arguments(settings, [MinFactor])]);

    public override IEnumerable<(Parameter Setting, double Epochs)> Times(Settings settings) =>
        settings.Has(RestartEpochs) ? [(RestartEpochs, settings.Get(RestartEpochs))] : [];

    public override IEnumerable<Finding> Check(Settings settings)
    {
        if (settings.Has(RestartFactor) && !settings.Has(RestartEpochs))
            yield return Conflict.Of(RestartFactor, $"'{RestartFactor.Name}' lengthens the time between restarts, and without {RestartEpochs.Name} there are none");
    }
}
