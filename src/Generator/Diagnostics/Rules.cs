namespace ModelGen.Diagnostics;

/// <summary>Everything that ModelGen can find wrong: MG1xxx in the spec's words, MG2xxx in its shapes, MG3xxx in training, MG4xxx in data.</summary>
internal static class Rules
{
    public static readonly Rule JsonSyntax = new("MG1001", "The spec is not valid JSON",
        "{0}.");

    public static readonly Rule UnknownLayer = new("MG1002", "Unknown layer",
        "There is no layer '{0}'{1}");

    public static readonly Rule UnknownProperty = new("MG1003", "Unknown property",
        "{0} has no property '{1}'{2}");

    public static readonly Rule WrongValue = new("MG1004", "A value of the wrong type or out of range",
        "'{0}' of {1} is {2}, but takes {3}.");

    public static readonly Rule MissingProperty = new("MG1005", "A required property is missing",
        "{0} lacks '{1}': {2}.");

    public static readonly Rule SetTwice = new("MG1006", "A property is set twice",
        "'{0}' is set twice in {1}: keep one.");

    public static readonly Rule InvalidName = new("MG1007", "A name that can't be used",
        "The name '{0}' can't be used: {1}.");

    public static readonly Rule DuplicateName = new("MG1008", "Two layers have the same name",
        "The name '{0}' is taken by layer {1} already: give one of them another name.");

    public static readonly Rule NotPartial = new("MG1009", "The class can't be extended",
        "ModelGen can't write the other parts of '{0}', because it is {1}: declare it 'partial class', neither static, abstract, generic nor inside another type.");

    public static readonly Rule SpecTooLarge = new("MG1010", "The spec is too large",
        "The spec has {0}, more than the {1} that ModelGen reads.");

    public static readonly Rule DuplicateModel = new("MG1011", "Two specs declare the same class",
        "The class '{0}' is declared by two specs, or only case tells it from another: give one of them another name.");

    public static readonly Rule BaseClass = new("MG1012", "The class has a base class already",
        "The class '{0}' already has the base class '{1}', but a network's base is TorchSharp's Module, which ModelGen writes: remove the base class.");

    public static readonly Rule SpreadAttributes = new("MG1013", "The layers stand on several parts of the class",
        "Another part of the class '{0}' has attributes of the network, and nothing says which part comes first: write all of them where [Model] stands.");

    public static readonly Rule OwnConstructor = new("MG1014", "The class has a constructor that ModelGen writes",
        "The class '{0}' declares a {1} constructor, but ModelGen writes it, to build the layers: remove it, or give it parameters and end its head with ': this()'.");

    public static readonly Rule WrongRank = new("MG2001", "A layer gets the wrong number of dimensions",
        "Layer '{0}' ({1}) takes {2}, but receives {3}.{4}");

    public static readonly Rule SizeBelowOne = new("MG2002", "A layer leaves nothing",
        "Layer '{0}' ({1}) leaves no {2}: it receives {3}, and {4}. Use a smaller kernel, more padding, or fewer layers that shrink the image before it.");

    public static readonly Rule SizesDisagree = new("MG2003", "Sizes that do not go together",
        "Layer '{0}' ({1}): {2}.");

    public static readonly Rule DimensionOutOfRange = new("MG2004", "A dimension that does not exist",
        "Layer '{0}' ({1}): {2}.");

    public static readonly Rule TooLarge = new("MG2005", "A size beyond what can be computed",
        "Layer '{0}' ({1}) gives a tensor or a parameter count beyond 2^63 - 1.");

    public static readonly Rule OutputNotClasses = new("MG3001", "The network's output is not one score per class",
        "A classifier's output is [N, classes], but layer '{0}' gives {1}. End the network with flatten and linear.");

    public static readonly Rule TrainingNeedsData = new("MG3002", "Training and data come together",
        "The spec has {0} but no {1}: add {2}, or remove it to get the module alone.");

    public static readonly Rule LossNeedsHead = new("MG3003", "The loss does not fit the network's end",
        "The loss '{0}' takes what {1} gives, but the network ends with '{2}' ({3}): end it with {1}.");

    public static readonly Rule LossAppliedTwice = new("MG3004", "The loss applies the network's last layer once more",
        "The loss '{0}' applies log_softmax itself, but the network ends with '{1}' ({2}): remove that layer.", Severity.Warning);

    public static readonly Rule InputNotImage = new("MG4001", "The input is not an image",
        "Images have the shape [1, H, W] (gray) or [3, H, W] (red, green, blue), but the input is {0}.");
}
