namespace ModelGen.Diagnostics;

/// <summary>How a finding counts: an error stops the build.</summary>
internal enum Severity
{
    Info,
    Warning,
    Error,
}

/// <summary>One thing that can be wrong with a spec. The message is a sentence with numbered places for what differs.</summary>
internal sealed record Rule(string Id, string Title, string Message, Severity Severity = Severity.Error)
{
    /// <summary>The page about it, from the folder of the docs.</summary>
    public string Page => $"diagnostics/{Id}.md";

    // Each is one object; to compare their texts, and to hash them, would cost more than looking for what they find.
    public bool Equals(Rule? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Id.GetHashCode();
}
