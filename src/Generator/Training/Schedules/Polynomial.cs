using System.Collections.Generic;
using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class Polynomial : ScheduleKind
{
    private static readonly Parameter<double> Power = Parameter.Real("power", "The power of the share that is left; 1 is a straight line", 0, 1, open: true);

    public override string Keyword => "polynomial";

    public override string Doc => "Lowered to zero at the end of the run, (1 - step / steps) ^ power";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Power];

    public override bool SpansRun(Settings settings) => true;

    protected override string SchedulerName => "PolynomialLR";

    public override string Construct(Settings settings, string run) => New("PolynomialSchedule", [run, .. Arguments(settings, Parameters)]);
}
