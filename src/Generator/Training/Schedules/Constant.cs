using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class Constant : ScheduleKind
{
    public override string Keyword => "constant";

    public override string Doc => "The learning rate as it is";

    public override bool IsConstant => true;

    // PyTorch's ConstantLR is something else: a smaller rate for some first steps.
    public override string? Source => null;

    protected override string SchedulerName => "";

    public override string Construct(Settings settings, string run) => New("ConstantSchedule");
}
