using ModelGen.CodeFixes;
using ModelGen.Specs;

namespace ModelGen.Tests.CodeFixes;

/// <summary>A layer that a fix proposes, as an attribute has it.</summary>
public sealed class AttributeTextTests
{
    [Fact]
    public void Positional_arguments_stand_in_the_attributes_order_whatever_that_of_the_settings() => Assert.Equal(
        "Conv2d(16, 3, Bias = false, Padding = 1)",
        AttributeText.Of(SectionSpec.Of(
            "conv2d",
            new SettingSpec("padding", SpecValue.Of(1)),
            new SettingSpec("kernel_size", SpecValue.Of(3)),
            new SettingSpec("bias", SpecValue.Of(false)),
            new SettingSpec("out_channels", SpecValue.Of(16)))));
}
