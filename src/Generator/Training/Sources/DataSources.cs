using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Training;

/// <summary>What a network can learn from.</summary>
internal static class DataSources
{
    public static IReadOnlyList<DataSourceKind> All { get; } = [new ImageFolder(), new Csv()];

    public static IReadOnlyList<string> Keywords { get; } = [.. All.Select(source => source.Keyword)];

    /// <summary>The source of that keyword, or null.</summary>
    public static DataSourceKind? Find(string keyword) => All.FirstOrDefault(source => source.Keyword == keyword);

    /// <summary>The source whose attribute's class has that name, or null.</summary>
    public static DataSourceKind? OfAttribute(string name) => All.FirstOrDefault(source => name == source.AttributeName + "Attribute");
}
