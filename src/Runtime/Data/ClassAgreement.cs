namespace ModelGen.Data;

/// <summary>Labels mean the same everywhere: in the training set, in the test set and in the spec.</summary>
internal static class ClassAgreement
{
    /// <exception cref="ModelGenException">One of the sets has a class that the other lacks.</exception>
    public static void CheckSame(IImageSource? train, IImageSource? test, int outputs)
    {
        if (train is null || test is null)
            return;
        var (trained, tested) = (train.Classes(outputs), test.Classes(outputs));
        string[] differences =
        [
            .. trained.Except(tested).Select(name => $"'{name}' is only in the training set"),
            .. tested.Except(trained).Select(name => $"'{name}' is only in the test set"),
        ];
        if (differences.Length > 0)
        {
            throw new ModelGenException(
                $"The training set ({train.Place}) and the test set ({test.Place}) have different classes: {List(differences)}. Give both the same.");
        }
    }

    /// <param name="source">The set.</param>
    /// <param name="purpose">What it is for: <c>training</c> or <c>test</c>.</param>
    /// <param name="declared">The classes that the spec declares, in the order of their labels.</param>
    /// <exception cref="ModelGenException">The set has other classes, or numbers them in another order.</exception>
    public static void CheckDeclared(IImageSource source, string purpose, IReadOnlyList<string> declared)
    {
        var found = source.Classes(declared.Count);
        string[] differences =
        [
            .. declared.Except(found).Select(name => $"'{name}' is missing"),
            .. found.Except(declared).Select(name => $"'{name}' is not declared"),
        ];
        if (differences.Length > 0)
        {
            var remedy = source is DigitSource ? "name a folder with --data" : "change the data or the spec";
            throw new ModelGenException(
                $"The {purpose} set ({source.Place}) does not have the classes that the spec declares ({List(differences)}): {remedy}.");
        }

        // The same names with other numbers would train and test well, and then call every class by another's name.
        for (var label = 0; label < declared.Count; label++)
        {
            if (found[label] != declared[label])
            {
                throw new ModelGenException(
                    $"Label {label} is '{found[label]}' in the {purpose} set ({source.Place}), but '{declared[label]}' in the spec: "
                    + "declare the classes in the order of their labels, which is the order of their folders' names.");
            }
        }
    }

    private static string List(string[] differences) =>
        string.Join(", ", differences.Take(10)) + (differences.Length > 10 ? $", and {differences.Length - 10} more" : "");
}
