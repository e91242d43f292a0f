using System.Collections.Generic;
using ModelGen.Emit;
using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class Step : ScheduleKind
{
    private static readonly Parameter<double> StepEpochs = Parameter.Real(
        "step_epochs", "Epochs, also parts of one, from one change of the learning rate to the next", 0, null, open: true);
    private static readonly Parameter<double> Gamma = ScheduleParameters.Gamma(0.1);

    public override string Keyword => "step";

    public override string Doc => "Multiplied by gamma every step_epochs epochs";

    public override IReadOnlyList<Parameter> Parameters { get; } = [StepEpochs, Gamma];

    protected override string SchedulerName => "StepLR";

    public override string Construct(Settings settings, string run) => New("StepSchedule", Steps(settings.Get(StepEpochs)), $"gamma: {CSharpLiteral.Of(settings.Get(Gamma))}");

    public override IEnumerable<(Parameter Setting, double Epochs)> Times(Settings settings) => [(StepEpochs, settings.Get(StepEpochs))];
}
