namespace ModelGen.Tests.Formats;

/// <summary>A new, empty folder that is removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modelgen-formats-");

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>The names of what is in the folder.</summary>
    public IEnumerable<string> Names => _folder.EnumerateFileSystemInfos().Select(info => info.Name);

    /// <summary>Writes a file in the folder and returns its path.</summary>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
