using Scouthook.Inbox.Delivering.Scheduling;

namespace Scouthook.Inbox.Tests.Delivering;

public sealed class LeaseDepthTests
{
    private readonly LeaseDepth _depth = new();

    [Fact]
    public void Nothing_is_leased_ahead_until_the_endpoint_is_known_to_be_fast()
    {
        Finish(100);

        Assert.Equal(0, _depth.At(10, At(0.09)));
        Assert.Equal(20, _depth.At(10, At(0.1)));
    }

    [Theory]
    [InlineData(8, 0.1, 8)]
    [InlineData(8, 0.8, 1)]
    [InlineData(8, 2, 0)]
    [InlineData(1_000, 0.1, 20)]
    public void Depth_is_what_is_attempted_in_a_tenth_of_a_second(int finished, double seconds, int depth)
    {
        Finish(finished);

        Assert.Equal(depth, _depth.At(10, At(seconds)));
    }

    [Fact]
    public void Depth_falls_when_the_endpoint_becomes_slow()
    {
        Finish(100);
        Assert.Equal(20, _depth.At(10, At(0.1)));

        Assert.Equal(20, _depth.At(10, At(0.15)));
        Assert.Equal(0, _depth.At(10, At(0.2)));
    }

    [Theory]
    [InlineData(3_000, 20)]
    [InlineData(4 * 1024 * 1024, 4)]
    [InlineData(20 * 1024 * 1024, 0)]
    public void Large_bodies_bound_the_depth(long body, int depth)
    {
        Finish(100);
        _depth.Leased(body);

        Assert.Equal(depth, _depth.At(10, At(0.1)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Finish(int count)
    {
        for (; count > 0; count--)
        {
            _depth.Finished();
        }
    }
}
