using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.CodeFixes;

/// <summary>An editor's offer that changes a document's text, and leaves everything else as it was typed.</summary>
internal static class TextAction
{
    /// <param name="document">The document.</param>
    /// <param name="title">What the editor shows.</param>
    /// <param name="key">The same for all offers that may be taken together.</param>
    /// <param name="changes">Works the changes out, in the order of the text, when the offer is taken or shown.</param>
    public static CodeAction Of(Document document, string title, string key, Func<IEnumerable<TextChange>> changes) => CodeAction.Create(
        title,
        async cancellation =>
        {
            var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
            return document.WithText(text.WithChanges(changes()));
        },
        key);
}
