using System.Globalization;
using ModelGen.Reporting.Logs;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.Reporting.Logs;

public sealed class RunLogTests : IDisposable
{
    private static readonly EpochMetrics First = new(1, 0.5, 0.75, 0.25, 0.875, 2, 500) { LearningRate = 1e-5, Waited = 0.02 };
    private static readonly EpochMetrics Second = new(2, 0.4, 0.8, null, null, 1.5, null) { LearningRate = 0.01, Waited = 0 };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Csv_has_a_header_a_row_an_epoch_and_nothing_for_what_is_not_there()
    {
        var log = Open(LogFormats.Csv);
        log.Write([First]);
        log.Write([First, Second]);

        Assert.Equal(
            "epoch,train_loss,train_accuracy,test_loss,test_accuracy,seconds,images_per_second,learning_rate,waited\r\n"
            + "1,0.5,0.75,0.25,0.875,2,500,1E-05,0.02\r\n"
            + "2,0.4,0.8,,,1.5,,0.01,0\r\n",
            File.ReadAllText(_folder["metrics.csv"]));
    }

    [Fact]
    public void Csv_has_the_columns_of_all_epochs()
    {
        Open(LogFormats.Csv).Write([new EpochMetrics(1, 0.5, 0.75, null, null, 2, null), Second]);

        Assert.Equal(
            ["epoch,train_loss,train_accuracy,test_loss,seconds,images_per_second,learning_rate,waited", "1,0.5,0.75,,2,,,", "2,0.4,0.8,,1.5,,0.01,0"],
            File.ReadAllLines(_folder["metrics.csv"]));
    }

    [Fact]
    public void Json_lines_have_the_same_names_and_numbers()
    {
        Open(LogFormats.Jsonl).Write([First, Second]);

        Assert.Equal(
            [
                """{"epoch":1,"train_loss":0.5,"train_accuracy":0.75,"test_loss":0.25,"test_accuracy":0.875,"seconds":2,"images_per_second":500,"learning_rate":1E-05,"waited":0.02}""",
                """{"epoch":2,"train_loss":0.4,"train_accuracy":0.8,"test_loss":null,"seconds":1.5,"images_per_second":null,"learning_rate":0.01,"waited":0}""",
            ],
            File.ReadAllLines(_folder["metrics.jsonl"]));
    }

    [Fact]
    public void A_resumed_run_writes_files_anew_and_no_epoch_twice()
    {
        Open(LogFormats.Csv).Write([First, Second]);
        var straight = File.ReadAllText(_folder["metrics.csv"]);

        // The second epoch was logged and then lost: it runs again.
        Open(LogFormats.Csv).Write([First, Second]);

        Assert.Equal(straight, File.ReadAllText(_folder["metrics.csv"]));
    }

    [Fact]
    public void A_comma_culture_changes_no_number()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            Open(LogFormats.Csv).Write([First]);
            Open(LogFormats.TensorBoard).Write([First]);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.Contains("1,0.5,0.75,", File.ReadAllText(_folder["metrics.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_form_is_a_log_and_before_the_first_epoch_there_is_no_file()
    {
        Assert.Equal(
            [typeof(JsonlLog), typeof(CsvLog), typeof(TensorBoardLog)],
            RunLog.Of(LogFormats.TensorBoard | LogFormats.Csv | LogFormats.Jsonl, _folder.Path, new ManualTime()).Select(log => log.GetType()));
        Assert.Empty(RunLog.Of(LogFormats.None, _folder.Path, new ManualTime()));
        Assert.Empty(_folder.Entries);
    }

    [Theory]
    [InlineData(LogFormats.Jsonl)]
    [InlineData(LogFormats.Csv)]
    [InlineData(LogFormats.TensorBoard)]
    public void A_folder_that_is_gone_is_one_sentence(LogFormats format)
    {
        var log = RunLog.Of(format, _folder["gone"], new ManualTime()).Single();

        var error = Assert.Throws<ModelGenException>(() => log.Write([First]));
        Assert.StartsWith("Cannot write ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Choose a place that can be written.", error.Message, StringComparison.Ordinal);
    }

    private IRunLog Open(LogFormats format) => RunLog.Of(format, _folder.Path, new ManualTime()).Single();
}
