using ModelGen.Data;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.Data;

/// <summary>CSV files as rows: what is found, in which order, and the sentence for each thing that can be wrong with them.</summary>
public sealed class TableDataTests : IDisposable
{
    private static readonly TableFormat Numbers = new() { Targets = ["y"] };
    private static readonly TableFormat Kinds = new() { Label = "kind" };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_are_found_by_their_names_in_every_file()
    {
        File.WriteAllText(_folder["train.csv"], "\uFEFFa,y,b\n1,2,3\n-1e-3, 0.5 ,\"4\"\n");
        File.WriteAllText(_folder["test.csv"], "y,note,b,a\n7,x,6,5\n");

        var data = TableData.Open(Options(), Numbers, features: 2);

        Assert.Equal($"2 training and 1 test rows, 2 features, 1 target ({_folder.Path})", data.Description);
        Assert.Equal([1, 3], data.Train.Features(0));
        Assert.Equal([-1e-3f, 4], data.Train.Features(1));
        Assert.Equal([0.5f], data.Train.Targets(1));
        Assert.Equal([5, 6], data.Test!.Features(0));
        Assert.Equal([7], data.Test.Targets(0));
    }

    [Fact]
    public void Classes_stand_in_ordinal_order_whatever_the_rows_say_first()
    {
        File.WriteAllText(_folder["flowers.csv"], "kind;a\r\nrose;1\r\n\"lily; white\";2\r\nAster;3\r\n");

        var data = TableData.Open(Options() with { Data = _folder["flowers.csv"] }, Kinds with { Delimiter = ';' }, features: 1, classes: 3);

        Assert.Equal(["Aster", "lily; white", "rose"], data.Classes);
        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(data.Train.Label));
        Assert.Null(data.Test);
    }

    [Fact]
    public void Without_a_header_columns_have_numbers()
    {
        File.WriteAllText(_folder["only.csv"], "1,2,3\n4,5,6\n");

        var data = TableData.Open(Options(), new() { Targets = ["column1"], Features = ["column3", "column2"], HasHeader = false }, features: 2);

        Assert.Equal([3, 2], data.Train.Features(0));
        Assert.Equal([1], data.Train.Targets(0));
    }

    [Fact]
    public void The_one_table_of_a_folder_is_found_by_its_extension_in_any_case_and_beside_hidden_files()
    {
        File.WriteAllText(_folder["ROWS.CSV"], "a,y\n1,2\n");
        File.WriteAllText(_folder["._ROWS.CSV"], "what another system keeps beside each file");

        Assert.Equal(1, TableData.Open(Options(), Numbers, features: 1).Train.Count);

        File.WriteAllText(_folder["more.csv"], "a,y\n1,2\n");
        Assert.Contains("has neither train.csv nor test.csv and more than one other CSV file", Message(() => TableData.Open(Options(), Numbers, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_takes_evenly_spaced_rows_and_overfitting_tests_on_them()
    {
        File.WriteAllText(_folder["train.csv"], "a,y\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i},0\n")));

        var data = TableData.Open(Options() with { Overfit = 2 }, Numbers, features: 1);

        Assert.Equal([0, 5], Enumerable.Range(0, 2).Select(row => data.Train.Features(row)[0]));
        Assert.Same(data.Train, data.Test);
        Assert.Same(JudgingSet.Overfit, data.Judging);
    }

    [Fact]
    public void The_hash_tells_rows_targets_and_their_order()
    {
        var hashes = new[] { "a,y\n1,2\n3,4\n", "a,y\n3,4\n1,2\n", "a,y\n1,2\n3,5\n", "a,y\n1,2\n" }.Select(text =>
        {
            File.WriteAllText(_folder["train.csv"], text);
            return DataHash.Of(TableData.Open(Options(), Numbers, features: 1));
        });

        Assert.Distinct(hashes);
    }

    public static TheoryData<string, string> Wrong { get; } = new()
    {
        { "a,y\n1,2\nabc,3\n", "'train.csv' line 3: the column 'a' holds 'abc', which is no number: write one with a decimal point, as in 1.5, or leave the column out of 'features'." },
        { "a,y\n1,2\n1e39,3\n", "'train.csv' line 3: the column 'a' holds '1e39', which is no number: write one with a decimal point, as in 1.5, or leave the column out of 'features'." },
        { "a,y\nNaN,2\n", "'train.csv' line 2: the column 'a' holds 'NaN', which is no number: write one with a decimal point, as in 1.5, or leave the column out of 'features'." },
        { "a,y\n1,\n", "'train.csv' line 2: the column 'y' is empty: fill it in, or leave the row out." },
        { "a,y\n1,2\n1,2,3\n", "'train.csv' line 3: the row has 3 values, but there are 2 columns: write one value for each." },
        { "a,y\n1;2\n", "'train.csv' line 2: the row has 1 value, but there are 2 columns: write one value for each, or set 'delimiter' to what stands between them." },
        { "amount,price\n1,2\n", "'train.csv' has no column 'y'; it has 'amount', 'price'." },
        { "1,2\n3,4\n", "'train.csv' has no column 'y'; its first line is '1', '2': put a line with the columns' names before it, or set 'header' to false and call them column1, column2 and so on." },
        { "a;y\n1;2\n", "'train.csv' has no column 'y'; it has 'a;y': set 'delimiter' to what stands between the names." },
        { "a\ty\n1\t2\n", "'train.csv' has no column 'y'; it has 'a\\ty': set 'delimiter' to what stands between the names." },
        { "a;y\n1,5;2,5\n", "'train.csv' has one column, 'a;y': set 'delimiter' to what stands between the names." },
        { "0,0\n3,4\n", "'train.csv' has two columns called '0'; its first line is '0', '0': put a line with the columns' names before it, or set 'header' to false and call them column1, column2 and so on." },
        { "5.1,3.5,setosa\n4.9,3,setosa\n", "'train.csv' has no column 'y'; its first line is '5.1', '3.5', 'setosa': put a line with the columns' names before it, or set 'header' to false and call them column1, column2 and so on." },
        { "y\n1,2\n", "'train.csv' line 2: the row has 2 values, but there is 1 column: write one value for each." },
        { "y\n1\n", "'train.csv' has 0 columns of features, but the network takes 1: name those that it takes by 'features', or change the input." },
        { "a,a,y\n1,2,3\n", "'train.csv' has two columns called 'a': rename one." },
        { "a,b,y\n1,2,3\n", "'train.csv' has 2 columns of features, but the network takes 1: name those that it takes by 'features', or change the input." },
        { "a,y\n", "'train.csv' has no rows: name a file that has some." },
        { "", "'train.csv' has no rows: name a file that has some." },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_wrong_is_one_sentence_with_its_place(string text, string sentence)
    {
        File.WriteAllText(_folder["train.csv"], text);

        var error = Assert.Throws<ModelGenException>(() => TableData.Open(Options(), Numbers, features: 1));

        Assert.Equal(sentence, error.Message.Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    // Each of these would be fewer rows than the file has, without a word.
    [Theory]
    [InlineData("y,a,note\n1,2,x\n3,4,\"x\n5,6,x\n", "line 3: the column 'note'")] // never closed
    [InlineData("y,a,note\n1,2,x\n3,4,5\" disk\n5,6,x\n", "line 3: the column 'note'")]
    [InlineData("y,a,note\n3,4,\"x\n5,6,x\n7,8,\"y\n", "line 2: the column 'note'")] // closed by the next row's
    [InlineData("y,a,note\n3,4,5\"\n5,6,6\"\n", "line 2: the column 'note'")]
    [InlineData("y,note,a\n3,\"one\ntwo\",\"4\n5,x,6\n", "line 3: the column 'a'")]
    [InlineData("y,a,\"note\n1,2,x\n", "first line: value 3")]
    public void A_quote_that_takes_the_next_rows_for_its_value_is_refused(string text, string place)
    {
        File.WriteAllText(_folder["train.csv"], text);

        var sentence = $"train.csv' {place} has a quote (\") that does not stand around its whole value: close it, and write a quote within a value twice.";
        Assert.EndsWith(sentence, Message(() => TableData.Open(Options(), Numbers with { Features = ["a"] }, features: 1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y,a,note\n1,2,\"x, \"\"y\"\"\nz\"\n3,4,\"\"\n")]
    [InlineData("y,a,note\r\n1,2,\"x\r\n\"\r\n3,4, \"x\" \r\n")]
    [InlineData("\"y\",\"a\",\"note\"\n\"1\",\"2\",a \"b\" c\n3,4,\"\"\"\"")]
    public void Quotes_around_a_value_and_twice_within_it_are_right(string text)
    {
        File.WriteAllText(_folder["train.csv"], text);

        var data = TableData.Open(Options(), Numbers with { Features = ["a"] }, features: 1);

        Assert.Equal([2, 4], Enumerable.Range(0, data.Train.Count).Select(row => data.Train.Features(row)[0]));
    }

    [Theory]
    [InlineData(3, "Latin-1", 0x61, 0x2C, 0x79, 0x0A, 0x31, 0x2C, 0x32, 0x0A, 0xE9, 0x2C, 0x32, 0x0A)]
    [InlineData(2, "cut short", 0x61, 0x2C, 0x79, 0x0A, 0x31, 0x2C, 0xC3)]
    [InlineData(1, "UTF-16", 0xFF, 0xFE, 0x61, 0x00, 0x2C, 0x00, 0x79, 0x00, 0x0A, 0x00)]
    public void Text_that_is_not_utf8_is_refused(int line, string written, params int[] bytes)
    {
        File.WriteAllBytes(_folder["train.csv"], [.. bytes.Select(value => (byte)value)]);

        Assert.True(Message(() => TableData.Open(Options(), Numbers, features: 1)).EndsWith($"train.csv' line {line}: the text is not UTF-8: save the file as UTF-8.", StringComparison.Ordinal), written);
    }

    [Fact]
    public void Features_alone_come_with_the_lines_that_they_stand_on()
    {
        File.WriteAllText(_folder["new.csv"], "note,a\n\"two\nlines\",1\nx,2\n");

        Assert.Equal([1, 2], TableData.ReadFeatures(_folder["new.csv"], Numbers with { Features = ["a"] }, 1, Assert.Null, out var lines));
        Assert.Equal([2, 4], lines);

        var refused = new List<string>();
        Assert.Empty(TableData.ReadFeatures(_folder["new.csv"], Numbers with { Features = ["b"] }, 1, error => refused.Add(error.Message), out lines));
        Assert.Empty(lines);
        Assert.Contains("'b'", Assert.Single(refused), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\na\n1\n2\n\n \n", "[1, 2] on lines 3 and 4")]
    [InlineData("a\n1\n\n2\n", "line 3: the column 'a' is empty: fill it in, or leave the row out.")]
    [InlineData("a\n\n1\n", "line 2: the column 'a' is empty: fill it in, or leave the row out.")]
    [InlineData("a\n1\n\"\"\n", "line 3: the column 'a' is empty: fill it in, or leave the row out.")]
    [InlineData("a,b\n1,x\n\n2,y\n", "[1, 2] on lines 2 and 4")]
    public void An_empty_line_between_rows_of_one_value_is_a_row_without_it(string text, string found)
    {
        File.WriteAllText(_folder["new.csv"], text);

        Assert.EndsWith(found, Read(), StringComparison.Ordinal);

        string Read()
        {
            try
            {
                var features = TableData.ReadFeatures(_folder["new.csv"], Numbers with { Features = ["a"] }, 1, error => throw error, out var lines);
                return $"[{string.Join(", ", features)}] on lines {string.Join(" and ", lines)}";
            }
            catch (ModelGenException error)
            {
                return error.Message;
            }
        }
    }

    [Fact]
    public void A_column_that_is_called_otherwise_is_likely_the_one_that_was_meant()
    {
        File.WriteAllText(_folder["train.csv"], "area,Price\n1,2\n");

        Assert.EndsWith("has no column 'price'; did you mean 'Price'?", Message(() => TableData.Open(Options(), new() { Targets = ["price"] }, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_must_be_as_many_as_the_network_tells_apart_and_those_of_the_training_set()
    {
        File.WriteAllText(_folder["train.csv"], "kind,a\nrose,1\nlily,2\n");
        File.WriteAllText(_folder["test.csv"], "kind,a\nlilly,2\n");

        Assert.Contains("has 2 classes in the column 'kind' (lily, rose), but the network tells 3 apart", Message(() => TableData.Open(Options(), Kinds, 1, classes: 3)), StringComparison.Ordinal);
        Assert.EndsWith("line 2: the column 'kind' holds the class 'lilly', which is none of the training set's: lily, rose.", Message(() => TableData.Open(Options(), Kinds, 1, classes: 2)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TargetRange.ZeroOrOne, "0,0.5", "the column 'z' holds '0.5', but a label is 0 for no or 1 for yes.")]
    [InlineData(TargetRange.Probabilities, "1.5,-0.5", "the column 'y' holds '1.5', but a probability is from 0 to 1.")]
    [InlineData(TargetRange.Probabilities, "0.5,0.25", "the column 'z' ends a row of probabilities whose sum is 0.75, but they are 1 together.")]
    public void Targets_are_what_the_loss_learns(TargetRange range, string row, string sentence)
    {
        File.WriteAllText(_folder["train.csv"], $"a,y,z\n1,{row}\n");

        Assert.EndsWith(sentence, Message(() => TableData.Open(Options(), new() { Targets = ["y", "z"], Range = range }, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_without_rows_is_named()
    {
        Assert.Equal("There is no data: name a CSV file, or a folder with train.csv and test.csv, with --data.", Message(() => TableData.Open(Options() with { Data = null }, Numbers, 1)));
        Assert.StartsWith($"There is no file or folder '{_folder["x"]}' to read rows from", Message(() => TableData.Open(Options() with { Data = _folder["x"] }, Numbers, 1)), StringComparison.Ordinal);
        Assert.Contains("has neither train.csv nor test.csv and no other CSV file", Message(() => TableData.Open(Options(), Numbers, 1)), StringComparison.Ordinal);
        Assert.Equal($"'{_folder[""]}' is a folder, not a CSV file: name the files in it.", Message(() => TableData.ReadFeatures(_folder[""], Numbers, 1)));
    }

    [Fact]
    public void Rows_in_memory_are_limited_like_those_of_a_file()
    {
        var data = new TableData(Pairs(10), Pairs(4), "rows");

        var limited = data.For(Options() with { Limit = 5 }, Numbers, features: 2);
        Assert.Equal((5, 4, "rows; at most 5 of each set"), (limited.Train.Count, limited.Test!.Count, limited.Description));
        Assert.Equal([4, 5], limited.Train.Features(1));

        var learned = data.For(Options() with { Overfit = 2 }, Numbers, features: 2);
        Assert.Equal((2, "rows; at most 2 of each set; tested on its training rows"), (learned.Train.Count, learned.Description));
        Assert.Same(learned.Train, learned.Test);

        Assert.Same(data, data.For(Options(), Numbers, features: 2));
    }

    [Fact]
    public void Rows_in_memory_must_fit_the_network()
    {
        var named = new TableSet([1, 2], [0, 1], ["a", "b"]);

        Assert.Equal("The training set has no rows: give at least one.", Message(() => Fit(Pairs(0), null, Numbers, 2)));
        Assert.Equal("The test set has no rows: give at least one, or no test set.", Message(() => Fit(Pairs(1), Pairs(0), Numbers, 2)));
        Assert.Equal("The test set has 1 feature a row, but the network takes 2: give such rows, or change the network's input.", Message(() => Fit(Pairs(1), new([1], [1], 1), Numbers, 2)));
        Assert.Equal("The training set has 1 target a row, but the network predicts 2: give such rows, or change 'targets' in the spec.", Message(() => Fit(Pairs(1), null, new() { Targets = ["y", "z"] }, 2)));
        Assert.Equal("The training set has 0 targets a row, but the network predicts 1: give such rows, or change 'targets' in the spec.", Message(() => Fit(named, null, Numbers, 1)));
        Assert.Equal("The training set has 0 classes, but the network tells 3 apart: give both the same number.", Message(() => Fit(Pairs(1), null, Kinds, 2, classes: 3)));
        Assert.Equal("Label 0 is 'a' in the training set, but 'b' was expected: name the classes in the same order.", Message(() => Fit(named, null, Kinds with { Classes = ["b", "a"] }, 1, classes: 2)));
        Assert.Equal("Label 0 is 'b' in the test set, but 'a' was expected: name the classes in the same order.", Message(() => Fit(named, new([1], [1], ["b", "a"]), Kinds, 1, classes: 2)));

        void Fit(TableSet train, TableSet? test, TableFormat format, int features, int? classes = null) => new TableData(train, test, "rows").For(Options(), format, features, classes);
    }

    [Fact]
    public void Targets_in_memory_are_labels_or_probabilities_where_the_loss_takes_those()
    {
        var (yes, shares) = (Numbers with { Range = TargetRange.ZeroOrOne }, Numbers with { Targets = ["y", "z"], Range = TargetRange.Probabilities });

        Assert.Equal(
            "In row 1 of the training set, counted from 0, target 0 is 1.5, but a label is 0 for no or 1 for yes: give such rows.",
            Message(() => Fit(new([1, 2, 3], [1, 1.5f, 0], 1), null, yes)));
        Assert.Equal(
            "In row 0 of the test set, counted from 0, target 0 is NaN, but a label is 0 for no or 1 for yes: give such rows.",
            Message(() => Fit(new([1], [1], 1), new([1], [float.NaN], 1), yes)));
        Assert.Equal(
            "In row 0 of the training set, counted from 0, target 1 is -0.25, but a probability is from 0 to 1: give such rows.",
            Message(() => Fit(new([1], [0.75f, -0.25f], 2), null, shares)));
        Assert.Equal(
            "In row 0 of the training set, counted from 0, the probabilities have the sum 0.75, but they are 1 together: give such rows.",
            Message(() => Fit(new([1], [0.5f, 0.25f], 2), null, shares)));

        Fit(new([1, 2], [0, 1], 1), null, yes);
        Fit(new([1], [0.25f, 0.75f], 2), null, shares);
        Fit(new([1], [-7], 1), null, Numbers);

        void Fit(TableSet train, TableSet? test, TableFormat format) => new TableData(train, test, "rows").For(Options(), format, features: 1);
    }

    [Fact]
    public void Rows_in_memory_that_are_none_are_refused_by_the_argument_that_is_wrong()
    {
        Assert.Throws<ArgumentOutOfRangeException>("targetCount", () => new TableSet([1], [1, 2], targetCount: 0));
        Assert.Throws<ArgumentException>("targets", () => new TableSet([1, 2, 3], [1, 2, 3, 4, 5], targetCount: 2));
        Assert.Throws<ArgumentException>("features", () => new TableSet([1, 2, 3], [1, 2], targetCount: 1));
        Assert.Throws<ArgumentException>("labels", () => new TableSet([1, 2], [0, 2], ["a", "b"]));
        Assert.Throws<ArgumentNullException>("targets", () => new TableSet([1], null!, targetCount: 1));
        Assert.Throws<ArgumentNullException>("labels", () => new TableSet([1], null!, ["a"]));
        Assert.Throws<ArgumentNullException>("rows", () => new TableLoader(null!, batchSize: 1, workers: 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Batches_do_not_depend_on_the_number_of_workers(int workers)
    {
        var rows = new TableSet([.. Enumerable.Range(0, 20).Select(i => (float)i)], [.. Enumerable.Range(0, 10).Select(i => i % 2)], ["even", "odd"]);
        var loader = new TableLoader(rows, batchSize: 4, workers);
        var order = SampleOrder.Shuffled(10, seed: 3, epoch: 1);

        var batches = loader.Read(order, skip: 1).Select(batch => (Features: batch.Features.ToArray(), Labels: batch.Labels.ToArray())).ToArray();

        Assert.Equal(3, loader.BatchCount);
        Assert.Equal(order[4..].SelectMany(row => new[] { 2f * row, (2f * row) + 1 }), batches.SelectMany(batch => batch.Features));
        Assert.Equal(order[4..].Select(row => (long)(row % 2)), batches.SelectMany(batch => batch.Labels));
    }

    private static TableSet Pairs(int count) => new([.. Enumerable.Range(0, 2 * count).Select(i => (float)i)], new float[count], targetCount: 1);

    private static string Message(Action open) => Assert.Throws<ModelGenException>(open).Message;

    private TestOptions Options() => new() { Data = _folder.Path };
}
