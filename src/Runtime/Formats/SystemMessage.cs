namespace ModelGen.Formats;

/// <summary>What the system says of a file that it refuses, as part of a message of ours.</summary>
internal static class SystemMessage
{
    /// <summary>The text with its full stop, which the system leaves out where it puts a path at the end.</summary>
    public static string Sentence(this Exception error) => error.Message.EndsWith('.') ? error.Message : error.Message + ".";
}
