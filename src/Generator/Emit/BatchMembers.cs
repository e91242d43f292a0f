using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Emit;

/// <summary>Writes what every <c>Data</c> has: its counts, and the loops over its batches.</summary>
internal static class BatchMembers
{
    /// <summary>The property with the classes that the data must have.</summary>
    public static void WriteClassNames(CodeWriter writer, IReadOnlyList<string> names) => writer.Write($$"""
        /// <summary>The classes that the data must have, in the order of their labels.</summary>
        public static global::System.Collections.Generic.IReadOnlyList<string> ClassNames { get; } =
        [
        {{string.Join("\n", names.Select(name => $"    {CSharpLiteral.Of(name)},"))}}
        ];

        """);

    /// <param name="writer">Where it is written.</param>
    /// <param name="samples">What the samples are called, many of them.</param>
    /// <param name="loader">The field that gives the batches.</param>
    /// <param name="batch">The type of a batch.</param>
    /// <param name="isAugmented">Whether training images are changed.</param>
    /// <param name="read">What gives batches in an order.</param>
    public static void Write(CodeWriter writer, string samples, string loader, string batch, bool isAugmented = false, string read = "Read") => writer.Write($$"""
        /// <summary>The number of {{samples}}.</summary>
        public int Count { get; }

        /// <summary>The number of batches; the last one may be short.</summary>
        public int BatchCount => {{loader}}.BatchCount;

        /// <summary>How long the loops over batches have waited for one that was not gathered yet, all together.</summary>
        public global::System.TimeSpan Waited => {{loader}}.Waited;

        /// <summary>All {{samples}} once, in the order that the seed gives to <paramref name="epoch"/>{{(isAugmented ? ", each changed anew" : "")}}.</summary>
        /// <param name="epoch">From 1.</param>
        /// <param name="skip">How many batches to leave out at the start, 0 to <see cref="BatchCount"/>: those that a stopped run has shown already.</param>
        public global::System.Collections.Generic.IEnumerable<{{batch}}> Shuffled(int epoch, int skip = 0) =>
            {{read}}(global::ModelGen.Data.SampleOrder.Shuffled(Count, _seed, epoch){{(isAugmented ? ", Augmented(epoch)" : "")}}, {{(read == "Read" ? "" : "skip: ")}}skip);

        /// <summary>All {{samples}} once, in their own order.</summary>
        public global::System.Collections.Generic.IEnumerable<{{batch}}> InOrder() =>
            {{read}}(global::ModelGen.Data.SampleOrder.Sequential(Count));
        """);
}
