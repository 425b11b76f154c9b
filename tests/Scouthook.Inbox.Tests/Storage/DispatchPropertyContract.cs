using System.Globalization;
using CsCheck;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>Whatever arrives, in any order, no event is dispatched twice to an endpoint and none is skipped.</summary>
public abstract class DispatchPropertyContract : StoreContract
{
    private const int AppendMany = 0;
    private const int Append = 1;
    private const int CreateNow = 2;
    private const int CreateAtBeginning = 3;
    private const int CreateAtInstant = 4;
    private const int Reopen = 5;

    private static readonly string[] Types = ["convo.created", "convo.tags", "tag.created", "scouthook.disk.low"];

    private static readonly string[][] Patterns =
        [["*"], ["convo.*"], ["tag.created", "convo.tags"], ["scouthook.*"], ["customer.*"], ["*", "scouthook.disk.low"]];

    [Fact]
    public async Task Each_endpoint_gets_the_events_it_subscribes_to_once()
    {
        // A step and a number that selects its subject; steps beyond the named ones are dispatch rounds.
        var scripts = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 1_000]).List[5, 60];

        await scripts.SampleAsync(
            async script =>
            {
                await using var store = await CreateAsync(Window, Clock);
                var world = new World(store);
                foreach (var (step, number) in script)
                {
                    await world.StepAsync(step, number);
                }

                await world.CheckAsync();
                return true;
            },
            iter: 25,
            threads: 1);
    }

    private sealed class World(StoreHarness store)
    {
        private readonly List<(WebhookEndpoint Endpoint, Func<long, DateTimeOffset, bool> Starts)> _endpoints = [];
        private DateTimeOffset _now = Some.Instant;
        private long _last;

        public async Task StepAsync(int step, int number)
        {
            _now = _now.AddMinutes(1);
            switch (step)
            {
                case AppendMany:
                    await AppendAsync(Enumerable.Range(number, number % 400));
                    break;
                case Append:
                    await AppendAsync([number]);
                    break;
                case CreateNow:
                    var last = _last;
                    await CreateAsync(number, StartPosition.Now, (sequence, _) => sequence > last);
                    break;
                case CreateAtBeginning:
                    await CreateAsync(number, StartPosition.Beginning, (_, _) => true);
                    break;
                case CreateAtInstant:
                    var since = Some.Instant.AddMinutes(number % 30);
                    var newest = _last;
                    await CreateAsync(
                        number, StartPosition.At(since), (sequence, at) => sequence > newest || at >= since);
                    break;
                case Reopen:
                    await store.ReopenAsync();
                    break;
                default:
                    await store.At(_now).Dispatching.DispatchAsync();
                    break;
            }
        }

        public async Task CheckAsync()
        {
            await store.DispatchAllAsync(_now);
            var events = await store.WithOperationalAsync();
            foreach (var (endpoint, starts) in _endpoints)
            {
                var expected = events
                    .Where(it => starts(it.Sequence, it.ReceivedAt) && IsWanted(endpoint.Definition, it))
                    .Select(it => it.Sequence);
                Assert.Equal(expected, await store.OwedAsync(endpoint));
            }
        }

        /// <summary>An independent second implementation of the subscription rule.</summary>
        private static bool IsWanted(EndpointDefinition definition, StoredEvent stored) =>
            definition.Events.Any(pattern =>
                pattern.StartsWith("scouthook.", StringComparison.Ordinal) == (stored.Source == "scouthook")
                && (pattern == stored.EventType
                    || (pattern.EndsWith('*')
                        && stored.EventType.StartsWith(pattern.TrimEnd('*'), StringComparison.Ordinal))))
            && (definition.MailboxIds.Count == 0 || stored.Facts.MailboxId is not { } id || definition.MailboxIds.Contains(id));

        private async Task AppendAsync(IEnumerable<int> numbers)
        {
            NewEvent[] batch =
            [
                .. numbers.Select(number => Some.Event(
                    Types[number % Types.Length],
                    Some.Facts(Some.Conversation(number % 5)) with { MailboxId = number % 3 == 0 ? null : number % 3 },
                    source: number % 8 == 3 ? "scouthook" : "default",
                    receivedAt: _now)),
            ];
            if (batch.Length > 0)
            {
                _last = (await store.Inbox.AppendAsync(batch))[^1].Sequence;
            }
        }

        private async Task CreateAsync(int number, StartPosition start, Func<long, DateTimeOffset, bool> starts)
        {
            var name = _endpoints.Count.ToString(CultureInfo.InvariantCulture);
            var endpoint = await store.CreateAsync(
                SomeEndpoint.Http(
                    name, events: Patterns[number % Patterns.Length], mailboxIds: number % 4 == 0 ? [1] : []),
                start);
            _endpoints.Add((endpoint, starts));
        }
    }
}
