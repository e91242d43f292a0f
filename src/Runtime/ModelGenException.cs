namespace ModelGen;

/// <summary>
/// Something the person at the keyboard can put right: a file, a folder, an option, a device. The message is one plain
/// sentence that says what is wrong, where, what was expected and what to do; <c>Run</c> prints it and exits with 1. Control characters
/// in it become question marks.
/// </summary>
public class ModelGenException : Exception
{
    private const int MaxLength = 2000;

    /// <summary>Creates the error.</summary>
    /// <param name="message">One plain sentence: what is wrong, where, what was expected, what to do.</param>
    /// <param name="innerException">What was caught, for a debugger; it is never printed.</param>
    public ModelGenException(string message, Exception? innerException = null)
        : base(Printable(message), innerException)
    {
    }

    /// <summary>Names from a hostile file can hold a terminal's control codes, or be endless.</summary>
    private static string Printable(string message)
    {
        var text = string.Concat(message.Take(MaxLength).Select(c => char.IsControl(c) ? '?' : c));
        return message.Length <= MaxLength ? text : text + "...";
    }
}
