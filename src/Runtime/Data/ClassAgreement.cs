using ModelGen.Reporting;

namespace ModelGen.Data;

/// <summary>Labels mean the same everywhere: in the training set, in the test set, in the spec and in the trained network.</summary>
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
                $"The training set ({train.Place}) and the test set ({test.Place}) have different classes: {Quantity.Listed(differences)}. Give both the same.");
        }
    }

    /// <param name="source">The set.</param>
    /// <param name="purpose">What it is for: <c>training</c> or <c>test</c>.</param>
    /// <param name="declared">The classes that the spec declares, in the order of their labels.</param>
    /// <exception cref="ModelGenException">The set has other classes, or numbers them in another order.</exception>
    public static void CheckDeclared(IImageSource source, string purpose, IReadOnlyList<string> declared) => Check(
        source,
        $"{purpose} set",
        declared,
        ("the spec declares", "not declared", source is DigitSource ? "name a folder with --data" : "change the data or the spec"),
        ("the spec", "declare the classes in the order of their labels, which is the order of their folders' names"));

    /// <param name="source">The test set.</param>
    /// <param name="trained">The classes that the network tells apart, in the order of their labels.</param>
    /// <exception cref="ModelGenException">The set has other classes, or numbers them in another order.</exception>
    public static void CheckTrained(IImageSource source, IReadOnlyList<string> trained) => Check(
        source,
        "test set",
        trained,
        ("the network was trained with", "none of them", source is DigitSource ? "name a folder with --data" : "name a folder with the same classes"),
        ("the network's training", "labels are the order of the folders' names, so name the folders as they were then"));

    private static void Check(
        IImageSource source, string set, IReadOnlyList<string> expected, (string Whose, string Not, string Remedy) names, (string Where, string Remedy) order)
    {
        var found = source.Classes(expected.Count);
        string[] differences =
        [
            .. expected.Except(found).Select(name => $"'{name}' is missing"),
            .. found.Except(expected).Select(name => $"'{name}' is {names.Not}"),
        ];
        if (differences.Length > 0)
        {
            throw new ModelGenException(
                $"The {set} ({source.Place}) does not have the classes that {names.Whose} ({Quantity.Listed(differences)}): {names.Remedy}.");
        }

        // The same names with other numbers would train and test well, and then call every class by another's name.
        for (var label = 0; label < expected.Count; label++)
        {
            if (found[label] != expected[label])
            {
                throw new ModelGenException(
                    $"Label {label} is '{found[label]}' in the {set} ({source.Place}), but '{expected[label]}' in {order.Where}: {order.Remedy}.");
            }
        }
    }
}
