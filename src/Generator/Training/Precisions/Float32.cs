namespace ModelGen.Training;

internal sealed class Float32 : PrecisionKind
{
    public override string Keyword => "float32";

    public override string Doc => "float32 throughout";
}
