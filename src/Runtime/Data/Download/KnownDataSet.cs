namespace ModelGen.Data;

/// <summary>A data set that can be downloaded.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Mirrors">Addresses that a file's name is appended to, tried in this order.</param>
/// <param name="Files">What belongs to it.</param>
internal sealed record KnownDataSet(string Name, IReadOnlyList<string> Mirrors, IReadOnlyList<KnownFile> Files)
{
    /// <summary>All that are known. The first mirrors and the hashes are torchvision's.</summary>
    public static IReadOnlyList<KnownDataSet> All { get; } =
    [
        new(
            "mnist",
            ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
            [
                new("train-images-idx3-ubyte.gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                new("train-labels-idx1-ubyte.gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                new("t10k-images-idx3-ubyte.gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                new("t10k-labels-idx1-ubyte.gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
            ]),
        new(
            "fashion_mnist",
            // The first has no TLS; the hashes say whether a file is the right one.
            ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/", "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"],
            [
                new("train-images-idx3-ubyte.gz", "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                new("train-labels-idx1-ubyte.gz", "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                new("t10k-images-idx3-ubyte.gz", "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                new("t10k-labels-idx1-ubyte.gz", "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
            ]),
    ];

    /// <summary>The names of some sets as a sentence lists them.</summary>
    public static string Choices(IEnumerable<KnownDataSet> sets) => string.Join(" or ", sets.Select(set => set.Name));
}

/// <summary>A file of a data set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hexadecimal digits.</param>
internal sealed record KnownFile(string Name, string Sha256);
