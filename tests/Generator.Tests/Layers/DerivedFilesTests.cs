using ModelGen.Layers;

namespace ModelGen.Tests.Layers;

/// <summary>What is derived from the catalogue is what the catalogue says.</summary>
public sealed class DerivedFilesTests
{
    public static TheoryData<string> Keywords { get; } = [.. LayerCatalogue.Layers.Where(kind => kind.HasAttribute).Select(kind => kind.Keyword)];

    [Theory, MemberData(nameof(Keywords))]
    public void The_attribute_class_of_a_layer_is_derived_from_its_file(string keyword)
    {
        var kind = (LayerKind)LayerCatalogue.Find(keyword)!;

        Repository.AssertDerived($"src/Runtime/Attributes/Layers/{kind.AttributeName}Attribute.cs", AttributeSource.Of(kind));
    }

    [Fact]
    public void The_schema_for_editors_is_derived_from_their_files() => Repository.AssertDerived("src/Generator/schema/model.schema.json", SpecSchema.Text);

    [Fact]
    public void The_page_of_layers_is_derived_from_their_files() => Repository.AssertDerived("docs/layers.md", LayersPage.Text());

    [Fact]
    public void The_page_of_PyTorchs_names_is_derived_from_their_files() => Repository.AssertDerived("docs/pytorch-names.md", PyTorchNamesPage.Text());

    [PythonFact]
    public void PyTorch_has_each_name_that_the_page_gives_it() => Assert.Empty(PythonTorch.Run(
        Path.Combine(Repository.Root, "tests/Generator.Tests/Layers/pytorch_names.py"),
        [.. PyTorchNamesPage.Claims.Select(claim => $"{claim.PyTorch}:{string.Join(',', claim.Settings)}")]));
}
