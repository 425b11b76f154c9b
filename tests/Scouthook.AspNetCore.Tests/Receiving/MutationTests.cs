using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scouthook.Events;

namespace Scouthook.AspNetCore.Tests.Receiving;

/// <summary>
/// Mutations of every sample and its headers, over real connections. <c>SCOUTHOOK_FUZZ</c> sets their number.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class MutationTests
{
    private const int Connections = 4;
    private const int Limit = 20_000;

    private static readonly int Count = int.Parse(
        Environment.GetEnvironmentVariable("SCOUTHOOK_FUZZ") is { Length: > 0 } text ? text : "100000",
        CultureInfo.InvariantCulture);

    [Fact]
    public async Task Mutated_request_is_accepted_only_if_signed_and_never_causes_an_error()
    {
        var received = new Tally();
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.With("Scouthook:Receiver:MaxBodyBytes", Limit.ToString(CultureInfo.InvariantCulture));
            setup.Logs = new LogCapture(LogLevel.Error);
            setup.Record = false;
            setup.Scouthook = scouthook => scouthook.AddHandler<HelpScoutEvent>((helpScoutEvent, _) =>
            {
                received.Add(helpScoutEvent.Body.Span);
                return Task.CompletedTask;
            });
        });
        var accepted = new Tally();
        var statuses = new int[600];

        await SendAsync(Count / 10, seed: 1);
        var before = GC.GetTotalMemory(true);
        await SendAsync(Count - (Count / 10), seed: 2);
        var after = GC.GetTotalMemory(true);

        Assert.InRange(after - before, long.MinValue, 8 * 1024 * 1024);
        Assert.Empty(app.Logs.Errors);
        Assert.Equal(accepted.Total, received.Total);
        Assert.All((int[])[200, 400, 401, 405, 413, 431], status => Assert.NotEqual(0, statuses[status]));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", statuses
            .Select((count, status) => (count, status)).Where(outcome => outcome.count > 0).Select(outcome => $"{outcome.status}: {outcome.count}")));
        await app.AssertStillReceivesAsync();

        Task SendAsync(int count, int seed) => Task.WhenAll(Enumerable.Range(0, Connections).Select(
            connection => SendOnOneConnectionAsync(count / Connections, (seed * Connections) + connection)));

        async Task SendOnOneConnectionAsync(int count, int seed)
        {
            var mutator = new Mutator(new Random(seed), Limit);
            var client = await app.ConnectAsync();
            for (var index = 0; index < count; index++)
            {
                var (request, expected, kind) = mutator.Next();
                var answer = await client.ExchangeAsync(request);
                Assert.True(
                    answer is not null && expected.Contains(answer.Status),
                    $"seed {seed}, request {index}, {kind}: {answer?.Status} instead of {string.Join(" or ", expected)}");
                Interlocked.Increment(ref statuses[answer!.Status]);
                if (answer.Status == 200)
                {
                    accepted.Add(request.Body);
                }

                // Kestrel closes the connection after a request it could not read completely.
                if (answer.ClosesConnection || answer.Status is 400 or 413 or 431)
                {
                    client.Dispose();
                    client = await app.ConnectAsync();
                }
            }

            client.Dispose();
        }
    }

    /// <summary>A sum over bodies that does not depend on their order.</summary>
    private sealed class Tally
    {
        private long _hashes;
        private long _count;

        public (long Count, long Hashes) Total => (_count, _hashes);

        public void Add(ReadOnlySpan<byte> body)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(body, hash);
            Interlocked.Add(ref _hashes, BitConverter.ToInt64(hash));
            Interlocked.Increment(ref _count);
        }
    }
}
