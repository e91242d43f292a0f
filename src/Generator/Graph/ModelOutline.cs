using System.Collections.Generic;
using ModelGen.Layers;
using ModelGen.Training;

namespace ModelGen.Graph;

/// <summary>What is known of a network whose spec has mistakes: enough for the rest of the program to be compiled against it.</summary>
/// <param name="Layers">The layers whose kind is known, each name once.</param>
/// <param name="Trains">Whether the spec asks for training.</param>
internal sealed record ModelOutline(IReadOnlyList<(LayerKind Kind, LayerName Name)> Layers, bool Trains)
{
    /// <summary>A graph with the outline's public surface; its numbers mean nothing, and what is written from it never runs.</summary>
    public ModelGraph StandIn(string name) => new(name, TensorShape.Of(3, 1, 1), [], Trains ? TrainingPlan.Unknown : null);
}
