using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit;
using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class MultiStep : ScheduleKind
{
    private static readonly Parameter<IReadOnlyList<double>> Milestones = Parameter.Reals(
        "milestones", "The epochs, also parts of one and counted from the end of the warm-up, at which the learning rate changes",
        new Interval(0, double.MaxValue, IsOpen: true), null);
    private static readonly Parameter<double> Gamma = ScheduleParameters.Gamma(0.1);

    public override string Keyword => "multi_step";

    public override string Doc => "Multiplied by gamma at each of the milestones";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Milestones, Gamma];

    protected override string SchedulerName => "MultiStepLR";

    public override string Construct(Settings settings, string run) =>
        New("MultiStepSchedule", $"[{string.Join(", ", settings.Get(Milestones).Select(Steps))}]", $"gamma: {CSharpLiteral.Of(settings.Get(Gamma))}");

    public override IEnumerable<(Parameter Setting, double Epochs)> Times(Settings settings) => [(Milestones, settings.Get(Milestones).Max())];
}
