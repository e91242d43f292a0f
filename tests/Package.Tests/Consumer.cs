namespace ModelGen.Tests;

/// <summary>Texts of the projects and specs that use the package.</summary>
internal static class Consumer
{
    private const string Reference = $"""<PackageReference Include="ModelGen" Version="{PackedPackage.Version}" />""";

    /// <summary>Two linear layers: 4 * 3 + 3 and 3 * 2 + 2 parameters.</summary>
    public const string Json = """{ "$schema": "./obj/model.schema.json", "input": [4], "layers": [{ "linear": 3 }, "relu", { "linear": 2 }] }""";

    /// <summary>A spec of which all kinds of files are written: both backends, a recipe, data and ONNX.</summary>
    public const string EveryFile = """
        {
          "input": [3, 28, 28],
          "layers": [{ "conv2d": 8, "kernel_size": 3 }, "batch_norm2d", "relu", { "max_pool2d": 2 }, "flatten", { "dropout": 0.1 }, { "linear": 3 }],
          "training": { "loss": "cross_entropy", "optimizer": "adamw", "schedule": "cosine", "ema_decay": 0.9, "clip_norm": 1, "top_k": 2, "validation_share": 0.2 },
          "data": { "image_folder": { "classes": ["ant", "bee", "fly"], "rotate": 10 } },
          "compile": { "backend": "both", "onnx": true }
        }
        """;

    /// <summary>One linear layer: 4 * 10 + 10 parameters.</summary>
    public const string Attributes = """
        using ModelGen;

        namespace Nets
        {
            /// <summary>A network.</summary>
            [Model, Input(4)]
            [Linear(10), LogSoftmax]
            public partial class Classifier
            {
            }
        }
        """;

    /// <summary>A project for .NET 10 that references the package.</summary>
    public static string Project(string properties, string items = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <RootNamespace>Nets</RootNamespace>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {Reference}
            {items}
          </ItemGroup>
        </Project>
        """;

    /// <summary>A program that knows the package by another project alone.</summary>
    public static string ProgramOf(string library) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="../{library}/{library}.csproj" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>A library for two frameworks, of which the package knows the newer one.</summary>
    public const string LibraryForTwoFrameworks = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks>
            <RootNamespace>Nets</RootNamespace>
          </PropertyGroup>
          <ItemGroup Condition="'$(TargetFramework)' == 'net10.0'">
            {Reference}
          </ItemGroup>
        </Project>
        """;
}
