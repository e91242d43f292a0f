using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

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

    public static readonly Rule WrongType = new("MG1004", "A value of the wrong type",
        "'{0}' of {1} is {2}, but takes {3}.");

    public static readonly Rule MissingProperty = new("MG1005", "A required property is missing",
        "{0} lacks '{1}': {2}.");

    public static readonly Rule SetTwice = new("MG1006", "A property is set twice",
        "'{0}' is set twice in {1}: keep one.");

    public static readonly Rule InvalidName = new("MG1007", "A name that can't be used",
        "The name '{0}' can't be used: {1}.");

    public static readonly Rule DuplicateName = new("MG1008", "Two layers have the same name",
        "The name '{0}' is taken by layer {1} already.");

    public static readonly Rule NotPartial = new("MG1009", "The class can't be extended",
        "ModelGen can't write the other parts of '{0}', because it is {1}: declare it 'partial class', neither static, abstract nor generic, inside partial types only.");

    public static readonly Rule SpecTooLarge = new("MG1010", "The spec is too large",
        "The spec has {0}, more than the {1} that ModelGen reads.");

    public static readonly Rule DuplicateModel = new("MG1011", "Two specs declare the same class",
        "Two specs declare the class '{0}', or classes that differ from it only in case: give one of them another name, or remove it.");

    public static readonly Rule BaseClass = new("MG1012", "The class has a base class already",
        "The class '{0}' already has the base class '{1}', but ModelGen writes the base class of a network: remove it.");

    public static readonly Rule SpreadAttributes = new("MG1013", "The layers stand on several parts of the class",
        "Another part of the class '{0}' has attributes of the network, and nothing says which part comes first: write all of them where [Model] stands.");

    public static readonly Rule OwnConstructor = new("MG1014", "The class has a constructor that ModelGen writes",
        "The class '{0}' declares a {1}.");

    public static readonly Rule OutOfRange = new("MG1015", "A value out of range",
        "'{0}' of {1} is {2}, but takes {3}.");

    public static readonly Rule UnknownValue = new("MG1016", "Unknown word for a choice",
        "'{0}' of {1} is {2}, but takes {3}{4}");

    public static readonly Rule UnknownOutput = new("MG1017", "A layer that does not exist",
        "{0} takes the output of '{1}', but no layer before it in its list has that name{2}");

    public static readonly Rule Circle = new("MG1018", "Layers that wait for each other",
        "{0} takes the output of '{1}', which {2}.");

    public static readonly Rule BlockInItself = new("MG1019", "A block that contains itself",
        "The block '{0}' contains itself: {1}.");

    public static readonly Rule UnusedBlock = new("MG1020", "A block that no layer uses",
        "No layer uses the block '{0}'.", Severity.Warning);

    public static readonly Rule WrongExpression = new("MG1021", "An expression without a value",
        "The expression {0} has no value: {1}");

    public static readonly Rule BlockInputs = new("MG1022", "A block that gets other inputs than it takes",
        "The block '{0}' has the inputs {1}, but {2}.");

    public static readonly Rule Unmarked = new("MG1023", "A class with layers that is neither a network nor a block",
        "The class '{0}' has attributes of a network, but nothing says that it is one: put [Model] before them, or [Block] if other networks use it.");

    public static readonly Rule OwnMember = new("MG1024", "The class has a member that ModelGen writes",
        "The class '{0}' declares '{1}', but ModelGen writes a member of that name: give yours another name, or, where the other is a layer's property, give the layer one.");

    public static readonly Rule UnfitModule = new("MG1025", "A class that can't be a layer",
        "The class '{0}' can't be a layer: {1}.");

    public static readonly Rule WrongRank = new("MG2001", "A layer gets the wrong number of dimensions",
        "Layer '{0}' ({1}) takes {3}, but receives {2}.");

    public static readonly Rule SizeBelowOne = new("MG2002", "A layer leaves nothing",
        "Layer '{0}' ({1}) leaves no {3}: it receives {2}, and {4}.");

    public static readonly Rule DeclaredSizeDiffers = new("MG2003", "A declared size differs from what arrives",
        "Layer '{0}' declares {3} {4} but receives {2}.");

    public static readonly Rule NotDivisible = new("MG2004", "Channels that can't be split evenly",
        "Layer '{0}' ({1}) receives {2}, and {3}.");

    public static readonly Rule DimensionOutOfRange = new("MG2005", "A dimension that does not exist",
        "Layer '{0}' ({1}) has {3} {4}, but receives {2}, whose {5}.");

    public static readonly Rule PaddingTooLarge = new("MG2006", "Padding that hides the image",
        "Layer '{0}' ({1}) has padding {3}, more than half of kernel_size {4}, so some windows would hold nothing of the image.");

    public static readonly Rule RowsDropped = new("MG2007", "The end of the image is never seen",
        "Layer '{0}' ({1}) never sees the last {3} of {2}: {4}.", Severity.Info);

    public static readonly Rule TooLarge = new("MG2008", "A size beyond what can be computed",
        "{0} beyond 2^63 - 1: use smaller sizes.");

    public static readonly Rule OverBudget = new("MG2009", "The network exceeds its budget",
        "The network has {0} {1}, more than its budget of {2}: most of them, {3}, are of layer '{4}' ({5}).");

    public static readonly Rule ShapesDiffer = new("MG2010", "Inputs that don't go together",
        "Layer '{0}' ({1}) receives {2}, and {3}.");

    public static readonly Rule UnusedOutput = new("MG2011", "A layer or an input that nobody takes",
        "{0} is never used: {1}.", Severity.Warning);

    public static readonly Rule SettingsExclude = new("MG2012", "Settings that exclude each other",
        "Layer '{0}' ({1}) receives {2}, and {3} {4}.");

    public static readonly Rule WrongElements = new("MG2013", "A layer gets the wrong kind of numbers",
        "Layer '{0}' ({1}) takes {3}, but receives {2} of {4}.");

    public static readonly Rule OutputNotClasses = new("MG3001", "The network's output is not one score per class",
        "{2} output is [N, {3}]{4}, but layer '{0}' gives {1}.");

    public static readonly Rule KernelMissing = new("MG2014", "A layer that the C# backend can't compute",
        "The backend csharp {3} layer '{0}' ({1} of {2}){4}: leave the backend out, and TorchSharp {5} the network.");

    public static readonly Rule OnnxFormMissing = new("MG2015", "A network that ONNX has no form for",
        "The spec asks for ONNX, but {0}.");

    public static readonly Rule TakenTwice = new("MG2016", "A layer that takes one output twice",
        "Layer '{0}' ({1}) takes '{2}' twice: {3}.", Severity.Warning);

    public static readonly Rule TrainingNeedsData = new("MG3002", "Training and data come together",
        "The spec has {0} but no {1}: add {2}, or leave both out to get the module alone.");

    public static readonly Rule LossNeedsHead = new("MG3003", "The loss does not fit the network's end",
        "The loss '{0}' takes what {1} gives, but the network ends with '{2}' ({3}).");

    public static readonly Rule ScoresTakenLate = new("MG3004", "The loss takes scores as they were before the network's last layer",
        "The loss '{0}' {1}, but {2} '{3}' ({4}){5}.", Severity.Warning);

    public static readonly Rule HeadNotClasses = new("MG3005", "The network's width is not the number of classes or targets",
        "The data has {0} {7} ({1}), but the network gives {2}: '{3}' ({4}) has {5} {6}.");

    public static readonly Rule RedundantBias = new("MG3006", "A bias that batch norm takes away",
        "The bias of layer '{0}' ({1}) does nothing: '{2}' (batch norm) behind it subtracts the mean, and the bias with it.", Severity.Info);

    public static readonly Rule LinearsInARow = new("MG3007", "Two linear layers with nothing between them",
        "Layer '{0}' follows '{1}' with nothing between them, and two linear maps in a row are one linear map.", Severity.Warning);

    public static readonly Rule DropoutBehindHead = new("MG3008", "Dropout behind the last layer that learns",
        "Layer '{0}' (dropout) stands behind '{1}' ({2}), the last layer that learns, so in training it drops the network's answers.", Severity.Warning);

    public static readonly Rule BatchNormOfOne = new("MG3009", "Batch norm over a single image",
        "{0}, so '{1}' (batch norm) would take its mean and variance from a single image.", Severity.Warning);

    public static readonly Rule BatchNormOfOneValue = new("MG3010", "Batch norm over a single value",
        "{0}, and '{1}' (batch norm) receives {2}: one value per channel has no variance, and PyTorch refuses it.");

    public static readonly Rule LearningRateTooLarge = new("MG3011", "A learning rate that rarely learns",
        "A learning_rate of {0} is above {1}: {2}, which rarely converges.", Severity.Warning);

    public static readonly Rule TrainingNeedsOne = new("MG3012", "Training a network of several inputs or outputs",
        "The training loop gives a network one input and judges one answer, but the network has {0}: leave out 'training' and 'data', and train the module by a loop of your own.");

    public static readonly Rule TrainingSettings = new("MG3013", "Settings of training that don't go together",
        "{0}.");

    public static readonly Rule BehindTheEnd = new("MG3014", "A part of the schedule lies behind the end",
        "'{0}' comes to epoch {1}, but the run ends with epoch {2}: what would come then is never reached.", Severity.Warning);

    public static readonly Rule FreezesNothing = new("MG3015", "A pattern that freezes nothing",
        "'freeze' has '{0}', {1}.");

    public static readonly Rule NothingToTrain = new("MG3016", "Nothing to train",
        "The spec trains the network, but none of its layers has a value that is trained: add one that does, such as linear, or leave out 'training' and 'data'.");

    public static readonly Rule DoesNothing = new("MG3017", "A setting that does nothing",
        "'{3}' of layer '{0}' ({1}) does nothing: {4}.", Severity.Warning);

    public static readonly Rule InputNotImage = new("MG4001", "The input is not an image",
        "Images have the shape [1, H, W] (gray) or [3, H, W] (red, green, blue), but the input is {0}.");

    public static readonly Rule NormalisationChannels = new("MG4002", "Normalisation with the wrong number of channels or features",
        "{0}, but the input {1} has {2}: write one number per {3}.");

    public static readonly Rule LabelBreakingAugmentation = new("MG4003", "An augmentation that breaks the labels",
        "{0} shows images {1} under the same label, but {2}.", Severity.Warning);

    public static readonly Rule InputNotTable = new("MG4004", "The input is not a row of features",
        "{0}, but the input is {1}.");

    public static readonly Rule DataSettings = new("MG4005", "Data and loss that don't go together",
        "{0}.");

    /// <summary>Every rule of this class, in the order of their ids.</summary>
    public static IReadOnlyList<Rule> All { get; } = typeof(Rules).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (Rule)field.GetValue(null)).OrderBy(rule => rule.Id, StringComparer.Ordinal).ToArray();
}
