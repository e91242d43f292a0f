using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.CodeFixes;

/// <summary>Writes edits of a spec into the attributes that declare it, and leaves everything else as it was typed.</summary>
/// <param name="declaration">The class.</param>
/// <param name="map">Where its attributes stand.</param>
/// <param name="spec">The network that it is, or uses it as a block.</param>
/// <param name="list">The list of its layers there.</param>
internal sealed class AttributeEdit(TypeDeclarationSyntax declaration, SourceMap map, ModelSpec spec, string list)
{
    private readonly List<TextChange> _changes = [];

    // The layers as they will stand: each an attribute of the source, or the text of a new one.
    private readonly List<object> _layers =
        [.. spec.LayersOf(list).Select((_, i) => (object)At<AttributeSyntax>(declaration, map, new LayerPlace(list, i).Path)!)];

    /// <summary>The changes of the text, in its order.</summary>
    public IReadOnlyList<TextChange> Changes(Fix fix)
    {
        var before = _layers.OfType<AttributeSyntax>().ToArray();
        // In its place.
        if (fix.Edits.Count == 2 && fix.Edits[0] is RemoveLayer old && fix.Edits[1] is InsertLayer replacement && old.At == replacement.At)
            return [new TextChange(((AttributeSyntax)_layers[old.At.Index]).Span, Qualified(replacement.Layer))];
        foreach (var edit in fix.Edits)
            Apply(edit);
        foreach (var removed in before.Except(_layers.OfType<AttributeSyntax>()))
            Remove(removed);
        for (var i = 0; i < _layers.Count; i++)
        {
            if (_layers[i] is string added)
                _changes.Add(Insertion(i, added));
        }

        return [.. _changes.OrderBy(change => change.Span.Start).ThenBy(change => change.Span.Length)];
    }

    private void Apply(SpecEdit edit)
    {
        switch (edit)
        {
            case InsertLayer insert:
                _layers.Insert(insert.At.Index, Qualified(insert.Layer));
                break;
            case RemoveLayer remove:
                _layers.RemoveAt(remove.At.Index);
                break;
            case MoveLayer move:
                var moved = _layers[move.At.Index].ToString();
                _layers.RemoveAt(move.At.Index);
                _layers.Insert(move.Before, moved);
                break;
            case SetLayerSetting set:
                Set((AttributeSyntax)_layers[set.Layer.Index], set.Layer.Path, set.Name, set.Value);
                break;
            case SetSectionSetting set when At<AttributeSyntax>(declaration, map, set.Section) is { } section:
                Set(section, set.Section, set.Name, set.Value);
                break;
            case SetInput set when NetworkInputs.PathOf(spec, spec.Inputs[set.Input]) is var path
                && At<AttributeSyntax>(declaration, map, path) is { ArgumentList: { } list } input:
                if (set.Name == ModelSpec.InputShape)
                    SetSizes(list, [.. set.Value.Items.Select(CSharpLiteral.Of)]);
                else
                    SetType(input, list, set.Value.Text);
                break;
        }
    }

    // The types are members of an enum.
    private void SetType(AttributeSyntax input, AttributeArgumentListSyntax list, string type)
    {
        var value = $"{NameSpace}InputType.{SpecNames.ToPascalCase(type)}";
        var written = list.Arguments.FirstOrDefault(argument => argument.NameEquals is not null);
        _changes.Add(written is null ? NewArgument(input, $"Type = {value}") : new TextChange(written.Expression.Span, value));
    }

    /// <summary>A layer in the words of the attributes that are there: with their namespace, where they are written with it.</summary>
    private string Qualified(SectionSpec layer) => NameSpace + AttributeText.Of(layer);

    private string NameSpace => declaration.AttributeLists[0].Attributes[0].Name is QualifiedNameSyntax { Left: var nameSpace } ? nameSpace + "." : "";

    // A name may stand before the sizes, and the type behind them; where one is put before the others, these stay as they are written.
    private void SetSizes(AttributeArgumentListSyntax list, string[] sizes)
    {
        var written = list.Arguments.Where(argument => IsPositional(argument) && !argument.Expression.IsKind(SyntaxKind.StringLiteralExpression)).ToArray();
        _changes.Add(sizes.Length == written.Length + 1
            ? new TextChange(new TextSpan(written[0].SpanStart, 0), sizes[0] + ", ")
            : new TextChange(TextSpan.FromBounds(written[0].SpanStart, written[written.Length - 1].Span.End), string.Join(", ", sizes)));
    }

    private void Set(AttributeSyntax attribute, string path, string name, SpecValue? value)
    {
        var argument = At<ExpressionSyntax>(declaration, map, path + "." + name)?.FirstAncestorOrSelf<AttributeArgumentSyntax>();
        if (argument is null)
        {
            if (value is not null)
                _changes.Add(NewArgument(attribute, AttributeText.Assignment(name, value)));
            return;
        }

        if (value is null && Stays(attribute, argument, name) is null)
        {
            Remove(argument);
            return;
        }

        _changes.Add((value, argument) switch
        {
            (null, _) => new TextChange(argument.Expression.Span, Stays(attribute, argument, name)!),
            // The choices are training's, and members of an enum: Loss.Nll, or whatever the user calls Loss.
            ({ Kind: SpecValueKind.Text }, { Expression: MemberAccessExpressionSyntax { Name: var member } })
                when path == "training" && TrainingCatalogue.KeywordOf(member.Identifier.ValueText) is not null =>
                new TextChange(member.Span, SpecNames.ToPascalCase(value.Text)),
            ({ Kind: SpecValueKind.Text }, _) when path == "training" =>
                new TextChange(argument.Expression.Span, $"{SpecNames.ToPascalCase(name)}.{SpecNames.ToPascalCase(value.Text)}"),
            // The numbers or names of a last list are arguments of their own.
            ({ Kind: SpecValueKind.List }, { NameEquals: null, Expression: not CollectionExpressionSyntax })
                when ParameterOf(attribute, name) is { Type: ParameterType.Integers or ParameterType.Outputs } =>
                new TextChange(
                    TextSpan.FromBounds(argument.SpanStart, attribute.ArgumentList!.Arguments.Last(IsPositional).Span.End),
                    string.Join(", ", value.Items.Select(CSharpLiteral.Of))),
            (_, { NameEquals: not null }) => new TextChange(argument.Span, AttributeText.Assignment(name, value)),
            _ => new TextChange(argument.Expression.Span, CSharpLiteral.Of(value)),
        });
    }

    /// <summary>The default that a dropped argument becomes where others behind it are told by their position; null where it can go.</summary>
    private static string? Stays(AttributeSyntax attribute, AttributeArgumentSyntax argument, string name)
    {
        var isFollowed = attribute.ArgumentList!.Arguments.SkipWhile(other => other != argument).Skip(1).Any(IsPositional);
        return IsPositional(argument) && isFollowed
            ? ParameterOf(attribute, name)?.Fallback
            : null;
    }

    private static Parameter? ParameterOf(AttributeSyntax attribute, string name) =>
        LayerCatalogue.FindAttribute(ClassOf(attribute.Name))?.Parameters.FirstOrDefault(parameter => parameter.Name == name);

    // Written with its namespace or without, and with the ending that C# lets one leave out, or without.
    private static string ClassOf(NameSyntax name)
    {
        var last = (name as QualifiedNameSyntax)?.Right.ToString() ?? (name as AliasQualifiedNameSyntax)?.Name.ToString() ?? name.ToString();
        return last.EndsWith(nameof(Attribute), StringComparison.Ordinal) ? last : last + nameof(Attribute);
    }

    private static bool IsPositional(AttributeArgumentSyntax argument) => argument is { NameEquals: null, NameColon: null };

    private static TextChange NewArgument(AttributeSyntax attribute, string assignment) => attribute.ArgumentList switch
    {
        null => new TextChange(new TextSpan(attribute.Span.End, 0), $"({assignment})"),
        { Arguments.Count: 0 } list => new TextChange(list.Span, $"({assignment})"),
        var list => new TextChange(new TextSpan(list.Arguments.Last().Span.End, 0), $", {assignment}"),
    };

    /// <summary>Before the next attribute that was there already; behind the last one when there is none.</summary>
    private TextChange Insertion(int index, string added)
    {
        var next = _layers.Skip(index + 1).OfType<AttributeSyntax>().FirstOrDefault();
        if (next is not null)
            return new TextChange(new TextSpan(next.SpanStart, 0), added + ", ");
        var previous = _layers.Take(index).OfType<AttributeSyntax>().LastOrDefault() ?? declaration.AttributeLists.Last().Attributes.Last();
        return new TextChange(new TextSpan(previous.Span.End, 0), ", " + added);
    }

    /// <summary>Takes a list's element out with the comma and the space that go with it; an attribute that is alone with its brackets and its line. Comments stay.</summary>
    private void Remove(SyntaxNode element)
    {
        var parts = element.Parent!.ChildNodesAndTokens().Where(part => part.IsKind(SyntaxKind.CommaToken) || part.IsKind(element.Kind())).ToList();
        var index = parts.IndexOf(element);
        // A comma may stand behind the last one, too.
        if (parts.Count(part => part.IsNode) == 1)
        {
            _changes.Add(new TextChange(element.Parent is AttributeListSyntax list ? WithItsLine(list) : element.Parent.Span, ""));
            return;
        }

        var comma = parts[index == 0 ? 1 : index - 1];
        var span = index == 0 ? TextSpan.FromBounds(element.SpanStart, parts[2].SpanStart) : TextSpan.FromBounds(parts[index - 2].Span.End, element.Span.End);
        var hasComment = element.Parent.DescendantTrivia(span).Any(trivia =>
            (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            && span.Contains(trivia.Span)
            && !element.Span.Contains(trivia.Span));
        foreach (var gone in hasComment ? [comma.Span, element.Span] : new[] { span })
            _changes.Add(new TextChange(gone, ""));
    }

    /// <summary>The whole line, where nothing else stands on it.</summary>
    private static TextSpan WithItsLine(SyntaxNode list)
    {
        var text = list.SyntaxTree.GetText();
        var (first, last) = (text.Lines.GetLineFromPosition(list.SpanStart), text.Lines.GetLineFromPosition(list.Span.End));
        var around = text.ToString(TextSpan.FromBounds(first.Start, list.SpanStart)) + text.ToString(TextSpan.FromBounds(list.Span.End, last.End));
        return string.IsNullOrWhiteSpace(around) ? TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak) : list.Span;
    }

    private static T? At<T>(TypeDeclarationSyntax declaration, SourceMap map, string path)
        where T : SyntaxNode
    {
        var span = map.Find(path);
        var node = declaration.SyntaxTree.GetRoot().FindNode(new TextSpan(span.Start, span.Length), getInnermostNodeForTie: true);
        // A setting that is not written has the place of what is around it.
        return node.AncestorsAndSelf().OfType<T>().FirstOrDefault(found => found.SpanStart == span.Start && found.Span.Length == span.Length);
    }
}
