using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

/// <summary>What is frozen takes no gradient, and its batch norms stay as in evaluation.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class FrozenLayersTests
{
    [Fact]
    public void Patterns_of_keys_choose_parameters_and_batch_norms()
    {
        using var network = Network();
        var frozen = FrozenLayers.Freeze(network, "body.*");
        network.train();
        frozen.Evaluate();

        Assert.Equal(["head.weight", "head.bias"], network.named_parameters().Where(item => item.parameter.requires_grad).Select(item => item.name));
        Assert.Equal([("body.1", false), ("norm", true)], network.named_modules().Where(item => item.module is TorchSharp.Modules.BatchNorm1d).Select(item => (item.name, item.module.training)).Order());
    }

    [Fact]
    public void A_pattern_that_meets_nothing_and_patterns_that_meet_all_are_refused()
    {
        using var network = Network();

        Assert.Equal(
            "'tail.*' in freeze meets none of the network's parameters, such as body.0.weight: write a pattern of their keys.",
            Assert.Throws<ModelGenException>(() => FrozenLayers.Freeze(network, "body.0.weight", "tail.*")).Message);
        Assert.Equal(
            "All parameters are frozen, so there is nothing to train: leave out a pattern of freeze.", Assert.Throws<ModelGenException>(() => FrozenLayers.Freeze(network, "*")).Message);
    }

    private static nn.Module<Tensor, Tensor> Network() => nn.Sequential(
        ("body", nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))), ("norm", nn.BatchNorm1d(4, affine: false)), ("head", nn.Linear(4, 2)));
}
