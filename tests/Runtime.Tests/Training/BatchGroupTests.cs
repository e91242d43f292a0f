using CsCheck;
using ModelGen.Training;

namespace ModelGen.Tests.Training;

public sealed class BatchGroupTests
{
    [Fact]
    public void Ten_batches_in_groups_of_four() => Assert.Equal(
        [
            "4>", "4", "4", "4<",
            "4>", "4", "4", "4<",
            "2>", "2<",
        ],
        Enumerable.Range(0, 10).Select(batch => BatchGroup.Of(batch, 10, size: 4)).Select(group => $"{group.Size}{(group.Begins ? ">" : "")}{(group.Ends ? "<" : "")}"));

    [Fact]
    public void Groups_of_one_are_batches() => Assert.All(
        Enumerable.Range(0, 3), batch => Assert.Equal(new BatchGroup(1, Begins: true, Ends: true), BatchGroup.Of(batch, 3, size: 1)));

    [Fact]
    public void Every_batch_is_in_one_group_and_the_shares_of_each_add_up() => Gen.Select(Gen.Int[1, 50], Gen.Int[1, 12]).Sample((batches, size) =>
    {
        var groups = Enumerable.Range(0, batches).Select(batch => BatchGroup.Of(batch, batches, size)).ToArray();

        Assert.Equal(BatchGroup.Count(batches, size), groups.Count(group => group.Begins));
        Assert.Equal(BatchGroup.Count(batches, size), groups.Count(group => group.Ends));
        Assert.Equal(BatchGroup.Count(batches, size), groups.Sum(group => 1.0 / group.Size), 1e-9);
        Assert.True(groups[^1].Ends);
    });

    [Fact]
    public void A_group_may_be_larger_than_any_epoch() => Assert.Equal(
        (1, new BatchGroup(3, Begins: true, Ends: false)), (BatchGroup.Count(3, int.MaxValue), BatchGroup.Of(0, 3, int.MaxValue)));

    [Fact]
    public void What_no_epoch_has_is_refused_by_its_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("size", () => BatchGroup.Of(0, 1, size: 0));
        Assert.Throws<ArgumentOutOfRangeException>("batch", () => BatchGroup.Of(-1, 1, size: 1));
        Assert.Throws<ArgumentOutOfRangeException>("batch", () => BatchGroup.Of(1, 1, size: 1));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => BatchGroup.Count(1, size: 0));
        Assert.Throws<ArgumentOutOfRangeException>("batches", () => BatchGroup.Count(-1, size: 1));
    }
}
