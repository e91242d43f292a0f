using System.Collections.Generic;
using ModelGen.Emit;
using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class Exponential : ScheduleKind
{
    private static readonly Parameter<double> Gamma = ScheduleParameters.Gamma(null);

    public override string Keyword => "exponential";

    public override string Doc => "Multiplied by gamma in the course of each epoch, at every step by the same: gamma ^ (step / steps of an epoch)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Gamma];

    protected override string SchedulerName => "ExponentialLR";

    public override string Construct(Settings settings, string run) => New("ExponentialSchedule", Steps(1), $"gamma: {CSharpLiteral.Of(settings.Get(Gamma))}");
}
