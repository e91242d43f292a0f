using System.Security.Cryptography;
using ModelGen.Formats;

namespace ModelGen.Torch;

/// <summary>
/// A patched library in the user's own folder, named by its content: <c>modelgen/native/&lt;hash&gt;/&lt;name&gt;</c> under the local
/// application data. It is written once; a file that doesn't hold exactly the bytes expected is written again, so a version
/// change, a truncated copy or a changed one never gets loaded. Processes that write at once write the same.
/// </summary>
internal static class PatchedCopy
{
    /// <summary>Opens the copy, having written it where needed; where nothing can be kept, a temporary one.</summary>
    /// <param name="name">The library's file name.</param>
    /// <param name="content">Its patched bytes.</param>
    /// <param name="error">The system loader's sentence when it can't be loaded; otherwise empty.</param>
    /// <returns>The library's handle, or 0.</returns>
    /// <exception cref="ModelGenException">Neither the user's folder nor the temporary one can be written.</exception>
    public static nint Open(string name, ReadOnlyMemory<byte> content, out string error)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var kept = TryKeep(home, name, content);
        error = "";
        var handle = kept is null ? 0 : SharedObject.TryOpenBound(kept, out error);
        if (handle != 0)
            return handle;

        // Nothing could be kept, or nothing may be executed from there.
        handle = OpenTemporary(name, content, out var temporaryError);
        error = error.Length > 0 ? error : temporaryError;
        return handle;
    }

    /// <summary>Sees to it that the copy is in the user's folder.</summary>
    /// <param name="home">The folder for the user's application data; empty if there is none.</param>
    /// <param name="name">The library's file name.</param>
    /// <param name="content">Its patched bytes.</param>
    /// <returns>The copy's path, or null where it can't be kept.</returns>
    internal static string? TryKeep(string home, string name, ReadOnlyMemory<byte> content)
    {
        if (home.Length == 0)
            return null;
        try
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span))[..16];
            var folder = Directory.CreateDirectory(Path.Combine(home, "modelgen", "native", hash)).FullName;
            var path = Path.Combine(folder, name);
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content.Span))
                AtomicFile.Write(path, stream => stream.Write(content.Span));
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ModelGenException)
        {
            return null; // A home that is read-only, full or missing: the caller has another place.
        }
    }

    /// <summary>Opens a copy in a fresh folder that only this user can enter, and removes it: an open library needs its file no more.</summary>
    private static nint OpenTemporary(string name, ReadOnlyMemory<byte> content, out string error)
    {
        try
        {
            var folder = Directory.CreateTempSubdirectory("modelgen-");
            try
            {
                var path = Path.Combine(folder.FullName, name);
                AtomicFile.Write(path, stream => stream.Write(content.Span));
                return SharedObject.TryOpenBound(path, out error);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"The folder for temporary files cannot be used: {failure.Message} Set TMPDIR to another.", failure);
        }
    }
}
