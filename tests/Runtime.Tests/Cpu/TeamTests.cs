using CsCheck;
using ModelGen.CommandLine;
using ModelGen.Cpu;

namespace ModelGen.Tests.Cpu;

/// <summary>A team runs each job on all of its workers, and its caller sees what came of it.</summary>
public sealed class TeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_worker_does_every_job_once(int workers)
    {
        using var team = new Team(workers);
        var done = new int[workers];

        for (var job = 1; job <= 200; job++)
        {
            team.Run(worker => done[worker]++);

            Assert.All(done, count => Assert.Equal(job, count));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_team_that_is_over_takes_no_job(int workers)
    {
        var team = new Team(workers);
        team.Dispose();
        team.Dispose();

        Assert.Throws<ObjectDisposedException>(() => team.Run(_ => Assert.Fail("Nobody is there.")));
    }

    [Fact]
    public void The_caller_is_worker_0_and_each_worker_stays_on_its_thread()
    {
        using var team = new Team(3);
        var threads = new int[2, 3];

        for (var job = 0; job < 2; job++)
            team.Run(worker => threads[job, worker] = Environment.CurrentManagedThreadId);

        Assert.Equal(Environment.CurrentManagedThreadId, threads[0, 0]);
        Assert.Equal(3, new HashSet<int> { threads[0, 0], threads[0, 1], threads[0, 2] }.Count);
        for (var worker = 0; worker < 3; worker++)
            Assert.Equal(threads[0, worker], threads[1, worker]);
    }

    [Fact]
    public void Another_workers_exception_reaches_the_caller_when_all_are_done_and_the_team_goes_on()
    {
        using var team = new Team(3);
        var done = 0;

        var error = Assert.Throws<AggregateException>(() => team.Run(worker =>
        {
            if (worker == 2)
                throw new ArgumentException("worker 2");
            Interlocked.Increment(ref done);
        }));

        Assert.Equal("worker 2", Assert.IsType<ArgumentException>(error.InnerException).Message);
        Assert.Equal(2, done);
        team.Run(_ => Interlocked.Increment(ref done));
        Assert.Equal(5, done);
    }

    [Fact]
    public void Of_several_workers_exceptions_the_first_by_number_is_told_whichever_came_first()
    {
        using var team = new Team(3);
        using var hasFailed = new ManualResetEventSlim();

        foreach (var early in new[] { 1, 2 })
        {
            hasFailed.Reset();
            var error = Assert.Throws<AggregateException>(() => team.Run(worker =>
            {
                if (worker == early)
                {
                    hasFailed.Set();
                    throw new ArgumentException($"worker {worker}");
                }

                if (worker > 0)
                {
                    hasFailed.Wait();
                    throw new ArgumentException($"worker {worker}");
                }
            }));

            Assert.Equal("worker 1", error.InnerException!.Message);
        }
    }

    [Fact]
    public void What_another_worker_failed_of_is_what_a_run_says()
    {
        using var team = new Team(2);

        Assert.True(Failure.IsOutOfMemory(Failed(new InsufficientMemoryException())));
        Assert.Equal("'a.png' is no image.", Failure.Describe(Failed(new ModelGenException("'a.png' is no image."))));

        Exception Failed(Exception cause) => Record.Exception(() => team.Run(worker =>
        {
            if (worker == 1)
                throw cause;
        }));
    }

    [Fact]
    public void The_callers_own_exception_comes_as_it_is_and_nothing_of_it_is_left()
    {
        using var team = new Team(2);

        Assert.Throws<ArgumentException>(() => team.Run(worker => throw new ArgumentException(worker == 0 ? "caller" : "other")));

        team.Run(_ => { });
    }

    [Fact]
    public void Shares_follow_each_other_and_cover_everything_once() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 1000]).Sample(
            (workers, count) =>
            {
                using var team = new Team(workers);
                var next = 0;
                for (var worker = 0; worker < workers; worker++)
                {
                    var (first, end) = team.Share(worker, count);
                    Assert.Equal(next, first);
                    Assert.InRange(end - first, count / workers, (count / workers) + 1);
                    next = end;
                }

                Assert.Equal(count, next);
            },
            iter: 50);

    [Fact]
    public void A_share_of_very_many_things_does_not_overflow()
    {
        using var team = new Team(3);

        Assert.Equal((int.MaxValue / 3 * 2, int.MaxValue), (team.Share(2, int.MaxValue).First, team.Share(2, int.MaxValue).End));
    }

    [Fact]
    public void A_team_has_at_least_one_worker_and_a_job()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Team(0));
        using var team = new Team(1);
        Assert.Throws<ArgumentNullException>(() => team.Run(null!));
    }
}
