using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Training;

/// <summary>A loss, an optimizer, a schedule or a precision that a spec can choose by its keyword. A subclass is one file; the catalogue finds it by itself.</summary>
internal abstract class TrainingKind
{
    /// <summary>The word of a spec, PyTorch's name in snake_case.</summary>
    public abstract string Keyword { get; }

    /// <summary>The member of the attribute's enum.</summary>
    public virtual string Member => SpecNames.ToPascalCase(Keyword);

    /// <summary>One line for the enum's doc comment and the docs: what it computes.</summary>
    public abstract string Doc { get; }

    /// <summary>Where it comes from: PyTorch's full name of it, or a paper; null for what needs no source.</summary>
    public abstract string? Source { get; }

    /// <summary>The settings of the training section that it takes, with its own defaults.</summary>
    public virtual IReadOnlyList<Parameter> Parameters { get; } = [];

    /// <summary>Settings of its own that don't go together.</summary>
    public virtual IEnumerable<Finding> Check(Settings settings) => [];

    /// <summary>A call's arguments for the parameters whose values differ from its defaults, which are the kind's.</summary>
    protected IEnumerable<string> Arguments(Settings settings, IEnumerable<Parameter> parameters)
    {
        // As a rule there are none.
        List<string>? arguments = null;
        foreach (var parameter in parameters)
        {
            if (settings.Find(parameter.Name) is { } value && CSharpLiteral.Of(value) is var literal && literal != parameter.Fallback)
                (arguments ??= []).Add($"{Spelled(parameter.Name)}: {literal}");
        }

        return arguments ?? (IEnumerable<string>)[];
    }

    /// <summary>How the call spells a parameter.</summary>
    protected virtual string Spelled(string name) => SpecNames.ToCamelCase(name);
}
