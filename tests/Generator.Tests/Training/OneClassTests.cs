using ModelGen.Tests.Specs;

namespace ModelGen.Tests.Training;

/// <summary>A classifier of one output is always right, and learns nothing: what is named in its place gives a network that checks.</summary>
public sealed class OneClassTests
{
    private const string NotClasses = "MG3001: A classifier's output is [N, classes], one score for each of two or more classes, but layer 'fc1' gives [N, 1].";

    [Theory]
    [InlineData("Linear(⟦1⟧), Training(Loss.CrossEntropy, Optimizer.Adam), Csv(Label = \"kind\")", NotClasses + " Write out_features 2.")]
    [InlineData("Linear(⟦1⟧), Training(Loss.Nll, Optimizer.Adam), Csv(Label = \"kind\")", NotClasses + " Use the loss cross_entropy and write out_features 2.")]
    [InlineData("Linear(⟦1⟧), LogSoftmax, Training(Loss.Nll, Optimizer.Adam), Csv(Label = \"kind\")", NotClasses + " Write out_features 2.")]
    [InlineData("Linear(⟦1⟧), Sigmoid, Training(Loss.CrossEntropy, Optimizer.Adam), Csv(Label = \"kind\")", NotClasses + " Write out_features 2.")]
    // The data says how many there are.
    [InlineData("Linear(⟦1⟧), Training(Loss.CrossEntropy, Optimizer.Adam), Csv(Label = \"kind\", Classes = [\"a\", \"b\", \"c\"])", "MG3005: The data has 3 classes ('a', 'b', 'c'), but the network gives [N, 1]: 'fc1' (linear) has out_features 1. Write out_features 3.")]
    [InlineData("Linear(⟦1⟧), Training(Loss.CrossEntropy, Optimizer.Adam), Csv(Label = \"kind\", Classes = [\"a\"])", NotClasses)]
    // A loss that is not for such data.
    [InlineData("Linear(1), Training(Loss.CrossEntropy, Optimizer.Adam), Csv(Targets = ⟦[\"urgent\"]⟧)", "MG4005: The loss 'cross_entropy' learns classes, so the data needs a 'label', a column of classes, and no 'targets', which are columns of numbers. Use the loss bce_with_logits.")]
    [InlineData("Linear(1), Training(Loss.Nll, Optimizer.Adam), Csv(Targets = ⟦[\"urgent\"]⟧)", "MG4005: The loss 'nll' learns classes, so the data needs a 'label', a column of classes, and no 'targets', which are columns of numbers. Use the loss bce_with_logits.")]
    [InlineData("Linear(1), Sigmoid, Training(Loss.Nll, Optimizer.Adam), Csv(Targets = ⟦[\"urgent\"]⟧)", "MG4005: The loss 'nll' learns classes, so the data needs a 'label', a column of classes, and no 'targets', which are columns of numbers. Use the loss bce.")]
    [InlineData("Linear(1), Training(Loss.BceWithLogits, Optimizer.Adam), Csv(Label = ⟦\"urgent\"⟧)", "MG4005: The loss 'bce_with_logits' learns labels that each hold or not, so the data needs 'targets', columns of numbers, and no 'label', which is a column of classes. Use the loss cross_entropy and write out_features 2.")]
    [InlineData("Linear(1), Training(Loss.Mse, Optimizer.Adam), Csv(Label = ⟦\"kind\"⟧, Classes = [\"a\", \"b\", \"c\"])", "MG4005: The loss 'mse' learns numbers, so the data needs 'targets', columns of numbers, and no 'label', which is a column of classes. Use the loss cross_entropy and write out_features 3.")]
    public void Of_a_table(string marked, string message) => AssertOne("Input(4), " + marked, message);

    [Theory]
    [InlineData("Linear(1), Training(⟦Loss.BceWithLogits⟧, Optimizer.Adam), ImageFolder", "MG4005: The loss 'bce_with_logits' learns labels that each hold or not, but image_folder has images with one class each. Use the loss cross_entropy and write out_features 2.")]
    [InlineData("Linear(⟦1⟧), Training(Loss.CrossEntropy, Optimizer.Adam), ImageFolder", NotClasses + " Write out_features 2.")]
    public void Of_images(string marked, string message) => AssertOne("Input(1, 8, 8), Flatten, " + marked, message);

    private static void AssertOne(string marked, string message) => DiagnosticTests.AssertOne("Net.cs", $"using ModelGen;\n[Model, {marked}] public partial class Net;", message);
}
