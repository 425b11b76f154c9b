using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Scouthook.AspNetCore.Receiving;
using Scouthook.Handling;
using Scouthook.Parsing;

namespace Scouthook.AspNetCore.Tests.Receiving;

/// <summary>Incomplete and waiting bodies share one budget, which always has room for genuine events.</summary>
public sealed class BodyBudgetTests
{
    private const int Megabyte = 1024 * 1024;
    private const string BudgetKey = "Scouthook:Receiver:MaxBytesInFlight";
    private static readonly string WrongSignature = Some.Signature("something else"u8);

    [Theory]
    [InlineData(30, Megabyte)]
    [InlineData(60, 200 * 1024)]
    [InlineData(2_000, 3_000)]
    public async Task Incomplete_bodies_stay_within_the_budget_and_leave_room_for_genuine_events(int count, int held)
    {
        const int budget = 4 * Megabyte;
        await using var app = await TestApp.StartAsync(setup => setup.With(BudgetKey, $"{budget}"));
        var used = app.Services.GetRequiredService<BodyBudget>();
        var clients = new List<RawClient>();
        try
        {
            foreach (var number in Enumerable.Range(0, count))
            {
                clients.Add(await HoldOpenAsync(app, held));
                Assert.InRange(used.Used, 0, budget);
                if (number % Math.Max(1, count / 30) == 0)
                {
                    Assert.Equal(200, await app.StatusAsync(Some.Request()));
                }
            }

            await Eventually.TrueAsync(() => used.Used > budget / 4, "much of the budget is used");
            Assert.Equal(200, await app.StatusAsync(Some.Request(Some.Bytes(200_000))));
            Assert.Equal(200, await app.StatusAsync(Some.Request(Some.Bytes(Megabyte))));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }

        await Eventually.TrueAsync(() => used.Used == 0, "all memory was returned");
        Assert.Empty(app.Logs.Errors);
    }

    [Fact]
    public async Task Slowest_large_body_is_answered_503_and_its_connection_closed()
    {
        await using var app = await TestApp.StartAsync(setup => setup.With(BudgetKey, $"{4 * Megabyte}"));
        using var slow = await HoldOpenAsync(app, 300 * 1024);
        var used = app.Services.GetRequiredService<BodyBudget>();
        await Eventually.TrueAsync(() => used.Used > 300 * 1024, "the slow body was read");
        await Eventually.PauseAsync();
        using var fast = await app.ConnectAsync();
        var large = Some.Request(Some.Bytes(2 * Megabyte));

        var answer = await fast.ExchangeAsync(large);
        var refused = await slow.ReadAsync();

        Assert.Equal(200, answer?.Status);
        Assert.Equal(503, refused?.Status);
        Assert.NotNull(refused!["Retry-After"]);
        Assert.True(refused.ClosesConnection);
        Assert.Null(await slow.ReadAsync());
    }

    [Fact]
    public async Task Body_that_is_not_complete_in_time_is_answered_408()
    {
        var time = new FakeTimeProvider();
        await using var app = await TestApp.StartAsync(setup => setup.Time = time);
        var used = app.Services.GetRequiredService<BodyBudget>();
        using var client = await HoldOpenAsync(app, 100);
        await Eventually.TrueAsync(() => used.Used > 0, "the body is being read");

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.NotEqual(0, used.Used);
        time.Advance(TimeSpan.FromSeconds(1));
        var answer = await client.ReadAsync();

        Assert.Equal(408, answer?.Status);
        Assert.True(answer!.ClosesConnection);
        Assert.Equal(0, used.Used);
    }

    [Fact]
    public async Task Verified_events_count_until_they_are_disposed()
    {
        var kept = new ConcurrentQueue<ReceivedWebhook>();
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.With(BudgetKey, "100000");
            setup.Scouthook = scouthook => scouthook.Services.AddSingleton<IWebhookReceiver>(new Keeper(kept.Enqueue));
        });
        for (var number = 0; number < 4; number++)
        {
            Assert.Equal(200, await app.StatusAsync(Some.Request(Some.Bytes(20_000))));
        }

        var refused = await app.SendAsync(Some.Request(Some.Bytes(40_000)));
        kept.TryDequeue(out var first);
        first!.Dispose();
        kept.TryDequeue(out var second);
        second!.Dispose();

        Assert.Equal(503, refused.Status);
        Assert.NotNull(refused["Retry-After"]);
        Assert.Equal(200, await app.StatusAsync(Some.Request(Some.Bytes(40_000))));
    }

    [Fact]
    public async Task Receiver_that_never_disposes_does_not_exhaust_the_budget()
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.With(BudgetKey, $"{Megabyte}");
            setup.Scouthook = scouthook => scouthook.Services.AddSingleton<IWebhookReceiver>(new Keeper(_ => { }));
        });

        await Eventually.AnswersTrueAsync(
            async () =>
            {
                for (var number = 0; number < 20; number++)
                {
                    await app.StatusAsync(Some.Request(Some.Bytes(100_000)));
                }

                GC.Collect();
                GC.WaitForPendingFinalizers();
                return app.Services.GetRequiredService<BodyBudget>().Used < Megabyte / 2;
            },
            "the unused memory is free");
        Assert.Equal(200, await app.StatusAsync(Some.Request(Some.Bytes(100_000))));
    }

    [Fact]
    public async Task Single_body_may_exceed_the_share_of_large_bodies()
    {
        await using var app = await TestApp.StartAsync(setup => setup.With(BudgetKey, $"{Megabyte}"));
        var body = Some.Bytes(900_000);

        Assert.Equal(200, await app.StatusAsync(Some.Request(body)));
        Assert.Equal(body, app.Seen.Single().Body.ToArray());
    }

    [Fact]
    public async Task Memory_of_long_bodies_is_released_when_unused()
    {
        var time = new FakeTimeProvider();
        await using var app = await TestApp.StartAsync(setup => setup.Time = time);
        var pool = app.Services.GetRequiredService<SegmentPool>();

        Assert.Equal(200, await app.StatusAsync(Some.Request(Some.Bytes(9 * Megabyte))));
        await Eventually.TrueAsync(() => pool.Spare > 100, "the buffers are kept for the next body");
        time.Advance(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(0, pool.Spare);
    }

    /// <summary>Sends a forged request whose last bytes never arrive.</summary>
    private static async Task<RawClient> HoldOpenAsync(TestApp app, int bytes)
    {
        var client = await app.ConnectAsync();
        var request = new RawRequest { Announced = bytes + 1 }.Signed(WrongSignature);
        await client.SendAsync(request.Head());
        await client.SendAsync(new byte[bytes]);
        return client;
    }

    /// <summary>A receiver that never disposes its webhooks.</summary>
    private sealed class Keeper(Action<ReceivedWebhook> keep) : IWebhookReceiver
    {
        public ValueTask<ReceiveOutcome> ReceiveAsync(ReceivedWebhook webhook, CancellationToken cancellationToken)
        {
            keep(webhook);
            return ValueTask.FromResult(ReceiveOutcome.Kept);
        }
    }
}
