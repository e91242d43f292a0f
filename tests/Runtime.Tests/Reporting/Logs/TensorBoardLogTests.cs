using System.Buffers.Binary;
using ModelGen.Reporting.Logs;
using ModelGen.Tests.Training;
using ModelGen.Training;
using Tensorboard;

namespace ModelGen.Tests.Reporting.Logs;

/// <summary>Read with the protobuf classes that TorchSharp compiled from TensorBoard's own .proto files.</summary>
public sealed class TensorBoardLogTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_begins_with_its_version_and_holds_the_numbers_of_each_epoch()
    {
        var log = new TensorBoardLog(_folder.Path, _time);
        log.Write([Epoch(1)]);
        log.Write([Epoch(1), Epoch(300) with { TestLoss = null, TestAccuracy = null }]);

        var file = Assert.Single(_folder.Entries);
        var events = Read(file);
        Assert.Equal("events.out.tfevents.1700000000.modelgen", file);
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal(SessionLog.Types.SessionStatus.Start, events[1].SessionLog.Status);
        Assert.Equal([0, 1, 1, 300], events.Select(one => one.Step));
        Assert.All(events, one => Assert.Equal(1_700_000_000.5, one.WallTime));
        Assert.Equal(
            [("train_loss", 0.5f), ("train_accuracy", 0.75f), ("test_loss", 0.25f), ("test_accuracy", 0.875f), ("seconds", 2), ("images_per_second", 1e6f)],
            events[2].Summary.Value.Select(value => (value.Tag, value.SimpleValue)));
        Assert.Equal(
            ["train_loss", "train_accuracy", "seconds", "images_per_second"],
            events[3].Summary.Value.Select(value => value.Tag));
    }

    [Fact]
    public void A_resumed_run_adds_a_file_that_takes_back_what_comes_after_its_first_step()
    {
        var log = new TensorBoardLog(_folder.Path, _time);
        log.Write([Epoch(1)]);
        log.Write([Epoch(1), Epoch(2)]);

        new TensorBoardLog(_folder.Path, _time).Write([Epoch(1), Epoch(2)]);

        // Two starts in one second still have names in their order.
        Assert.Equal(["events.out.tfevents.1700000000.modelgen", "events.out.tfevents.1700000001.modelgen"], _folder.Entries);
        var resumed = Read(_folder.Entries[1]);
        Assert.Equal((SessionLog.Types.SessionStatus.Start, 2), (resumed[1].SessionLog.Status, resumed[1].Step));
        Assert.Equal([2], resumed.Where(one => one.Summary is not null).Select(one => one.Step));
    }

    [Fact]
    public void A_new_run_takes_the_folder_over_and_leaves_the_files_of_others()
    {
        new TensorBoardLog(_folder.Path, _time).Write([Epoch(1)]);
        File.WriteAllText(_folder["events.out.tfevents.1.host"], "another program's");
        _time.Advance(60);

        new TensorBoardLog(_folder.Path, _time).Write([Epoch(1)]);

        Assert.Equal(["events.out.tfevents.1.host", "events.out.tfevents.1700000060.modelgen"], _folder.Entries);
    }

    /// <summary>The vectors of RFC 3720, appendix B.4, masked by the formula that TFRecord's documentation gives.</summary>
    [Theory]
    [InlineData(0x00, 0x8A9136AAu)]
    [InlineData(0xFF, 0x62A8AB43u)]
    public void The_checksum_is_the_masked_CRC_32C(byte value, uint crc) =>
        Assert.Equal(((crc >> 15) | (crc << 17)) + 0xA282EAD8u, EventFile.MaskedCrc(Enumerable.Repeat(value, 32).ToArray()));

    private static EpochMetrics Epoch(int number) => new(number, 0.5, 0.75, 0.25, 0.875, 2, 1e6);

    private List<Event> Read(string name)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(_folder[name]);
        var events = new List<Event>();
        while (!file.IsEmpty)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
            Assert.Equal(EventFile.MaskedCrc(file[..8]), BinaryPrimitives.ReadUInt32LittleEndian(file[8..]));
            var message = file.Slice(12, length);
            Assert.Equal(EventFile.MaskedCrc(message), BinaryPrimitives.ReadUInt32LittleEndian(file[(12 + length)..]));
            events.Add(Event.Parser.ParseFrom(message.ToArray()));
            file = file[(16 + length)..];
        }

        return events;
    }
}
