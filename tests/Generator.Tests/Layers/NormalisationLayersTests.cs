using CsCheck;
using ModelGen.Specs;
using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>Normalisations: which shapes they take, and that their weights and outputs are PyTorch's.</summary>
[Collection("Torch")]
public sealed class NormalisationLayersTests : ILayerFamily
{
    private static readonly Gen<long[]> Sizes = Gen.Int[1, 4].Array[1, 4].Select(sizes => sizes.Select(size => (long)size).ToArray());

    public NormalisationLayersTests() => LibTorch.EnsureLoaded();

    public static IReadOnlyList<(string Input, string Attributes, string Json)> Networks { get; } =
    [
        (
            "[4, 6]",
            "BatchNorm1d(NumFeatures = 4, Eps = 0.001, Momentum = 0.2, Affine = false, TrackRunningStats = false), "
                + "InstanceNorm1d(NumFeatures = 4, Eps = 0.001, Momentum = 0.2, Affine = true, TrackRunningStats = true), "
                + "LayerNorm(2, Eps = 0.001, Bias = false), RMSNorm(2, Eps = 0.001, ElementwiseAffine = false), GroupNorm(2), LocalResponseNorm(3), BatchNorm1d",
            """
            { "batch_norm1d": {}, "num_features": 4, "eps": 0.001, "momentum": 0.2, "affine": false, "track_running_stats": false },
            { "instance_norm1d": {}, "num_features": 4, "eps": 0.001, "momentum": 0.2, "affine": true, "track_running_stats": true },
            { "layer_norm": 2, "eps": 0.001, "bias": false }, { "rms_norm": 2, "eps": 0.001, "elementwise_affine": false }, { "group_norm": 2 },
            { "local_response_norm": 3 }, "batch_norm1d"
            """
        ),
        (
            "[4, 6, 5]",
            "BatchNorm2d(TrackRunningStats = false), InstanceNorm2d(NumFeatures = 4, Eps = 0.001, Momentum = 0.2, Affine = true, TrackRunningStats = true), "
                + "GroupNorm(4, NumChannels = 4, Eps = 0.001, Affine = false), LocalResponseNorm(2, Alpha = 0.5, Beta = 0.5, K = 2), "
                + "LayerNorm(ElementwiseAffine = false), LayerNorm(3), RMSNorm(3), RMSNorm",
            """
            { "batch_norm2d": {}, "track_running_stats": false },
            { "instance_norm2d": {}, "num_features": 4, "eps": 0.001, "momentum": 0.2, "affine": true, "track_running_stats": true },
            { "group_norm": 4, "num_channels": 4, "eps": 0.001, "affine": false }, { "local_response_norm": 2, "alpha": 0.5, "beta": 0.5, "k": 2 },
            { "layer_norm": {}, "elementwise_affine": false }, { "layer_norm": 3 }, { "rms_norm": 3 }, "rms_norm"
            """
        ),
        (
            "[4, 3, 6, 5]",
            "BatchNorm3d(NumFeatures = 4, Eps = 0.001, Momentum = 0.2, Affine = false, TrackRunningStats = false), "
                + "InstanceNorm3d(NumFeatures = 4, Eps = 0.001, Momentum = 0.2, Affine = true, TrackRunningStats = true)",
            """
            { "batch_norm3d": {}, "num_features": 4, "eps": 0.001, "momentum": 0.2, "affine": false, "track_running_stats": false },
            { "instance_norm3d": {}, "num_features": 4, "eps": 0.001, "momentum": 0.2, "affine": true, "track_running_stats": true }
            """
        ),
        ("[6]", "BatchNorm1d, LayerNorm, RMSNorm(Eps = 0.01)", """ "batch_norm1d", "layer_norm", { "rms_norm": {}, "eps": 0.01 } """),
    ];

    [Fact]
    public void Batch_norm() => Gen.Select(Sizes, Gen.Int[1, 3]).Sample((sizes, directions) => ShapeRule.AssertSame(
        sizes,
        ShapeRule.Layer($"batch_norm{directions}d"),
        () => directions switch { 1 => nn.BatchNorm1d(sizes[0]), 2 => nn.BatchNorm2d(sizes[0]), _ => nn.BatchNorm3d(sizes[0]) }), iter: 300);

    [Fact]
    public void Instance_norm() => Gen.Select(Sizes, Gen.Int[1, 3]).Sample((sizes, directions) => ShapeRule.AssertSame(
        sizes,
        ShapeRule.Layer($"instance_norm{directions}d"),
        () => directions switch { 1 => nn.InstanceNorm1d(sizes[0]), 2 => nn.InstanceNorm2d(sizes[0]), _ => nn.InstanceNorm3d(sizes[0]) },
        // One dimension fewer is a sample without a batch, for which the first size here is the batch's; one value per channel PyTorch refuses too.
        refusedAlone: sizes.Length == directions || sizes.Skip(1).All(size => size == 1)), iter: 300);

    [Fact]
    public void Group_norm() => Gen.Select(Sizes, Gen.Int[1, 4]).Sample((sizes, groups) => ShapeRule.AssertSame(
        sizes,
        ShapeRule.Layer("group_norm", ("num_groups", SpecValue.Of(groups))),
        () => new GroupNorm(groups, sizes[0])), iter: 300);

    [Fact]
    public void Local_response_norm() => Gen.Select(Sizes, Gen.Int[1, 6]).Sample((sizes, size) => ShapeRule.AssertSame(
        sizes,
        ShapeRule.Layer("local_response_norm", ("size", SpecValue.Of(size))),
        () => nn.LocalResponseNorm(size)), iter: 300);

    [Fact]
    public void Layer_and_rms_norm() => Gen.Select(Sizes, Gen.Int[1, 5], Gen.Bool).Sample((sizes, dims, isRms) => ShapeRule.AssertSame(
        sizes,
        ShapeRule.Layer(isRms ? "rms_norm" : "layer_norm", ("normalized_dims", SpecValue.Of(dims))),
        () => isRms ? new RMSNorm(Last(sizes, dims), 1e-6, elementwiseAffine: true) : nn.LayerNorm(Last(sizes, dims))), iter: 300);

    [Fact]
    public void RmsNorm_divides_by_the_root_of_the_mean_square()
    {
        using var scope = NewDisposeScope();
        var input = randn(5, 3, 4);
        (RMSNorm, long[], double)[] norms = [(new(4), [-1], Math.Pow(2, -23)), (new([3, 4], 0.5, elementwiseAffine: true), [-2, -1], 0.5)];
        foreach (var (norm, dims, eps) in norms)
        {
            Assert.Equal(["weight"], norm.state_dict().Keys);
            Assert.True(norm.weight!.eq(1).all().item<bool>());
            using (no_grad())
                norm.weight.uniform_(-1, 2);
            var expected = input / (input * input).mean(dims, keepdim: true).add(eps).sqrt() * norm.weight;
            Assert.True(norm.call(input).allclose(expected, rtol: 1e-5, atol: 1e-6));

            norm.to(float64);
            Assert.Equal(float64, norm.weight.dtype);
            Assert.True(norm.call(input.to(float64)).allclose(expected.to(float64), rtol: 1e-5, atol: 1e-6));
        }
    }

    [Fact]
    public void Modules_of_ours_refuse_other_shapes()
    {
        using var input = randn(5, 4);

        Assert.Throws<ArgumentException>(() => new RMSNorm([5, 5, 4], 0, elementwiseAffine: true).call(input));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RMSNorm(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RMSNorm([], 0, elementwiseAffine: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RMSNorm(4, -1, elementwiseAffine: true));
        Assert.Throws<ArgumentException>(() => new GroupNorm(2, 6).call(input));
        Assert.Throws<ArgumentException>(() => new GroupNorm(4, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupNorm(2, 4, eps: -1));
    }

    [Fact]
    public void Modules_of_ours_keep_no_tensor_and_dispose_of_their_weights()
    {
        using var input = randn(5, 4);
        foreach (var norm in new nn.Module<Tensor, Tensor>[] { new RMSNorm(4), new RMSNorm(4, 0, elementwiseAffine: false), new GroupNorm(2, 4) })
        {
            var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using (norm.call(input))
            {
            }

            Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            var parameters = norm.parameters().ToArray();
            norm.Dispose();
            Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
        }
    }

    [Fact]
    public void Modules_of_ours_made_in_a_scope_outlive_it_and_move()
    {
        nn.Module<Tensor, Tensor>[] norms;
        using (NewDisposeScope())
            norms = [new RMSNorm(4), new GroupNorm(2, 4)];
        using var scope = NewDisposeScope();
        foreach (var norm in norms)
        {
            norm.to(float64);
            Assert.Equal(float64, norm.call(rand([2, 4], float64)).dtype);
        }
    }

    [Theory]
    [InlineData(17, "", "mse", "17 training rows in batches of 8 leave a last batch of 1, ")]
    [InlineData(17, ", \"validation_share\": 0.06", "mse", null)]
    [InlineData(18, ", \"validation_share\": 0.5", "mse", "9 training rows (18 without the 9 held out) in batches of 8 leave a last batch of 1, ")]
    [InlineData(18, ", \"validation_share\": 0.5, \"stratified\": false", "cross_entropy", "9 training rows (18 without the 9 held out) in batches of 8 leave a last batch of 1, ")]
    [InlineData(18, ", \"validation_share\": 0.5", "cross_entropy", null)]
    [InlineData(17, ", \"validation_share\": 0.06", "cross_entropy", null)]
    [InlineData(1, "", "mse", "1 training row in batches of 8 leaves a last batch of 1, ")]
    public void A_last_batch_of_one_counts_what_is_held_out(int rows, string share, string loss, string? said)
    {
        var columns = loss == "mse" ? "\"targets\": [\"x\", \"y\"]" : "\"label\": \"kind\"";
        var report = Compiled.From(("Net.model.json", $$"""
            {
              "input": [4], "layers": [{ "linear": 3, "bias": false }, "batch_norm1d", { "linear": 2 }],
              "training": { "loss": "{{loss}}", "optimizer": "sgd", "batch_size": 8{{share}} }, "data": { "csv": { {{columns}}, "train_rows": {{rows}} } }
            }
            """)).Report();

        if (said is null)
            Assert.Empty(report);
        else
            Assert.Contains($"MG3010: {said}and 'bn1'", Assert.Single(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[6]", """{ "linear": 4 }, "batch_norm1d" """, "MG3006")]
    [InlineData("[5, 6]", """{ "linear": 4 }, "batch_norm1d" """, null)]
    [InlineData("[5, 6]", """{ "conv1d": 4, "kernel_size": 3 }, "batch_norm1d" """, "MG3006")]
    public void A_bias_is_redundant_only_where_it_is_one_of_each_channel(string input, string layers, string? rule) => Assert.Equal(
        rule is null ? [] : [rule],
        Compiled.From(("Net.model.json", $"{{ \"input\": {input}, \"layers\": [{layers}] }}")).Diagnostics.Select(diagnostic => diagnostic.Id));

    [PythonFact]
    public void As_PyTorch() => LayerReferee.AssertAgrees(
        ([5], "\"batch_norm1d\"", "nn.BatchNorm1d(5)"),
        ([5, 6], """{ "batch_norm1d": {}, "eps": 0.1, "momentum": 0.5 }""", "nn.BatchNorm1d(5, eps=0.1, momentum=0.5)"),
        ([5, 2, 3], """{ "batch_norm2d": {}, "track_running_stats": false }""", "nn.BatchNorm2d(5, track_running_stats=False)"),
        ([5, 2, 3, 4], """{ "batch_norm3d": {}, "affine": false }""", "nn.BatchNorm3d(5, affine=False)"),
        ([5, 6], "\"instance_norm1d\"", "nn.InstanceNorm1d(5)"),
        ([5, 2, 3], """{ "instance_norm2d": {}, "track_running_stats": true, "momentum": 0.5 }""", "nn.InstanceNorm2d(5, track_running_stats=True, momentum=0.5)"),
        ([5, 2, 3, 4], """{ "instance_norm3d": {}, "affine": true, "eps": 0.1 }""", "nn.InstanceNorm3d(5, affine=True, eps=0.1)"),
        ([5], "\"layer_norm\"", "nn.LayerNorm(5)"),
        ([5, 2, 3], """{ "layer_norm": 2, "eps": 0.1 }""", "nn.LayerNorm([2, 3], eps=0.1)"),
        ([5, 2], """{ "layer_norm": 1, "elementwise_affine": false }""", "nn.LayerNorm(2, elementwise_affine=False)"),
        ([6], """{ "group_norm": 3 }""", "nn.GroupNorm(3, 6)"),
        ([6, 3], """{ "group_norm": 2 }""", "nn.GroupNorm(2, 6)"),
        ([6, 2, 3], """{ "group_norm": 6, "eps": 0.1, "affine": false }""", "nn.GroupNorm(6, 6, eps=0.1, affine=False)"),
        ([9, 3], """{ "local_response_norm": 2 }""", "nn.LocalResponseNorm(2)"),
        ([9, 2, 3], """{ "local_response_norm": 5, "alpha": 0.5, "beta": 0.5, "k": 2 }""", "nn.LocalResponseNorm(5, alpha=0.5, beta=0.5, k=2)"),
        ([9, 2, 3, 2], """{ "local_response_norm": 4, "alpha": 0.5 }""", "nn.LocalResponseNorm(4, alpha=0.5)"));

    /// <summary>The last sizes, as TorchSharp takes them; with the batch's where there are too few.</summary>
    private static long[] Last(long[] sizes, int dims) => dims > sizes.Length ? [.. sizes, 0] : sizes[^dims..];
}
