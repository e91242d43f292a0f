using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit.Torch;

/// <summary>Writes the typed batches, and what turns images into them.</summary>
internal static class DataEmitter
{
    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, TrainingPlan plan) =>
        GeneratedFile.Of(spec, "Data", (null, ""), usings: [], writer =>
        {
            writer.Write($$"""
                /// <summary>A batch of images with their classes, on the device that trains. Whoever takes it disposes it.</summary>
                /// <param name="Image">{{graph.Input}}, float32, {{ToImageEmitter.Range(plan)}}.</param>
                /// <param name="Label">[N], int64, 0 to {{CSharpLiteral.Of(plan.Classes - 1)}}.</param>
                public readonly record struct Batch(global::TorchSharp.torch.Tensor Image, global::TorchSharp.torch.Tensor Label) : global::System.IDisposable
                {
                    /// <summary>Frees both tensors.</summary>
                    public void Dispose()
                    {
                        Image.Dispose();
                        Label.Dispose();
                    }
                }

                /// <summary>Images as batches, in an order that depends only on the seed and the epoch.</summary>
                public sealed class Data : global::ModelGen.Data.IBatches, global::System.IDisposable
                """);
            using (writer.Braces())
                EmitMembers(writer, graph, plan);
        });

    private static void EmitMembers(CodeWriter writer, ModelGraph graph, TrainingPlan plan)
    {
        var (channels, height, width) = (CSharpLiteral.Of(graph.Input[0]), CSharpLiteral.Of(graph.Input[1]), CSharpLiteral.Of(graph.Input[2]));
        writer.Write($$"""
            private readonly global::ModelGen.Torch.ImageBatches _batches;
            private readonly int _seed;

            /// <summary>Serves <paramref name="images"/> in batches.</summary>
            /// <param name="images">Images of the shape <see cref="ImageShape"/>.</param>
            /// <param name="options">The batch size, the seed, and how the batches come about: by threads ahead of time, or from images that live on the device.</param>
            /// <param name="device">Where the batches are wanted.</param>
            /// <exception cref="global::ModelGen.ModelGenException">The images shall live on the device and can't.</exception>
            public Data(global::ModelGen.Data.ImageSet images, Options options, global::TorchSharp.torch.Device device)
            {
                _batches = new global::ModelGen.Torch.ImageBatches(images, options, device);
                _seed = options.Seed;
                Count = images.Count;
            }

            /// <summary>The shape of one image: {{channels}}x{{height}}x{{width}}.</summary>
            public static global::ModelGen.Data.ImageShape ImageShape => new({{channels}}, {{height}}, {{width}});

            """);
        if (plan.ClassNames is { } names)
            BatchMembers.WriteClassNames(writer, names);
        var (parameter, argument) = plan.Augmentation.IsNone
            ? ("", ", skip: skip")
            : (", global::ModelGen.Data.Augmentation? augmentation = null", ", augmentation, skip");
        BatchMembers.Write(writer, "images", "_batches", "Batch", !plan.Augmentation.IsNone);
        writer.Line();
        ToImageEmitter.Emit(writer, graph, plan);
        writer.Write("""

            /// <summary>Frees the images that live on the device.</summary>
            public void Dispose() => _batches.Dispose();
            """);
        if (!plan.Augmentation.IsNone)
            AugmentationEmitter.Emit(writer, plan.Augmentation);
        writer.Write($$"""

            private global::System.Collections.Generic.IEnumerable<Batch> Read(int[] order{{parameter}}, int skip = 0)
            {
                foreach (var (pixels, labels) in _batches.Read(order{{argument}}))
                {
                    using (pixels)
                        yield return new Batch(ToImage(pixels), labels);
                }
            }
            """);
    }
}
