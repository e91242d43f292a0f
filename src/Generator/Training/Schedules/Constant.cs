using ModelGen.Layers;

namespace ModelGen.Training;

internal sealed class Constant : ScheduleKind
{
    public override string Keyword => "constant";

    public override string Doc => "The learning rate as it is";

    public override bool IsConstant => true;

    protected override string SchedulerName => "ConstantLR";

    public override string Construct(Settings settings, string run) => New("ConstantSchedule");
}
