using System.Collections.Generic;
using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class OneCycle : ScheduleKind
{
    private static readonly Parameter<double> PctStart = Parameter.Real("pct_start", "The share of the run in which the learning rate rises", 0, 0.3, max: 1, open: true);
    private static readonly Parameter<double> DivFactor = Parameter.Real("div_factor", "How many times smaller than learning_rate the first rate is", 0, 25, open: true);
    private static readonly Parameter<double> FinalDivFactor = Parameter.Real(
        "final_div_factor", "How many times smaller than the first the last rate is", 0, 10_000, open: true);

    public override string Keyword => "one_cycle";

    public override string Doc => "Raised from learning_rate / div_factor to learning_rate, then lowered to almost nothing, along half a cosine each";

    public override IReadOnlyList<Parameter> Parameters { get; } = [PctStart, DivFactor, FinalDivFactor];

    public override bool SpansRun(Settings settings) => true;

    protected override string SchedulerName => "OneCycleLR";

    public override string Construct(Settings settings, string run) => New("OneCycleSchedule", [run, .. Arguments(settings, Parameters)]);
}
