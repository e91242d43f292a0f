namespace ModelGen.Tool.Doctor;

/// <summary>How something that training needs was found.</summary>
internal enum Health
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Something is not there that not everybody needs.</summary>
    Note,

    /// <summary>Training can't work like this.</summary>
    Bad,
}

/// <summary>One line of the doctor's.</summary>
/// <param name="Health">How it is.</param>
/// <param name="Part">What was looked at.</param>
/// <param name="Found">What was found.</param>
/// <param name="Cure">What to do, as a sentence; null when there is nothing to be done.</param>
internal sealed record Checkup(Health Health, string Part, string Found, string? Cure = null)
{
    /// <summary>The same where nobody needs the part: then a lack is nothing bad.</summary>
    public Checkup AsNote() => Health == Health.Bad ? this with { Health = Health.Note, Found = $"{Found} (only networks that TorchSharp computes need it)" } : this;

    /// <summary>The line, and below it what to do.</summary>
    public override string ToString()
    {
        var word = Health switch { Health.Good => "ok", Health.Note => "note", _ => "BAD" };
        return $"{word,-5} {Part,-10} {Found}\n{(Cure is null ? "" : $"{"",-16} -> {Cure}\n")}";
    }
}
