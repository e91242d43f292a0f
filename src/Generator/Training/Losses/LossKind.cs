using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Layers;

namespace ModelGen.Training;

/// <summary>A loss: how it is called, and how a network must end for it.</summary>
internal abstract class LossKind : TrainingKind
{
    /// <summary>C# that computes the mean loss of <c>output</c> and <c>batch.Label</c>: a scalar.</summary>
    public abstract string Call(Settings settings);

    /// <summary>What the network's <c>output</c> becomes probabilities by, in TorchSharp.</summary>
    public abstract string Probabilities { get; }

    /// <summary>The weight that each class has in the mean; null where all have the same.</summary>
    public virtual IReadOnlyList<double>? ClassWeights(Settings settings) => null;

    /// <summary>Layers that the loss makes superfluous or wrong at the end, because it applies them itself.</summary>
    public virtual string[] Applies => [];

    /// <summary>What is wrong with a network that ends with <paramref name="layer"/>, or null.</summary>
    /// <param name="layer">The last layer.</param>
    /// <param name="layers">The number of layers in the network's own list.</param>
    public abstract Finding? CheckEnd(FlatLayer layer, int layers);

    /// <summary>What is wrong with the settings for so many classes, or null.</summary>
    public virtual Finding? CheckClasses(Settings settings, long classes) => null;
}
