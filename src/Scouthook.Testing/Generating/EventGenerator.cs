using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Events;
using Scouthook.Testing.Generating;

namespace Scouthook.Testing;

/// <summary>Generates new events from the samples, each with its own ids and the current time.</summary>
/// <remarks>
/// <para>
/// Ids of conversations, threads, customers, chats, ratings, tags, organizations and attachments are new at every call,
/// and every reference inside the body follows, including links. Inboxes, folders, custom fields and users stay, as an
/// account has few of them; only <c>user.status.changed</c>, which has no other id, is about a new user each time.
/// </para>
/// <para>
/// All instants move by the same amount, so that the newest past one is now; scheduled ones (the end of a snooze, a
/// scheduled reply) stay as far ahead as they were. The same seed and clock generate the same events. Safe to use from
/// many threads, though only a single thread gets them in a repeatable order.
/// </para>
/// </remarks>
public sealed class EventGenerator
{
    private readonly Lock _lock = new();
    private readonly FreshIds _ids;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a generator.</summary>
    /// <param name="seed">
    /// The starting point of the ids; generators with different seeds hardly ever produce the same id.
    /// </param>
    /// <param name="timeProvider">Provides the current time; the system's clock if <see langword="null"/>.</param>
    public EventGenerator(int seed, TimeProvider? timeProvider = null)
    {
        _ids = new FreshIds(new Random(seed));
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Creates a new event.</summary>
    /// <param name="eventName">One of the 26 names, for example <c>convo.created</c>.</param>
    /// <returns>The event, formatted exactly as Help Scout does.</returns>
    /// <exception cref="ArgumentException">The name is not in the catalogue.</exception>
    public OutgoingEvent Next(string eventName) => Refresh(SampleEvents.Get(eventName));

    /// <summary>Creates a new event.</summary>
    /// <param name="eventType">An event type of the catalogue.</param>
    /// <returns>The event, formatted exactly as Help Scout does.</returns>
    public OutgoingEvent Next(HelpScoutEventType eventType) => Refresh(SampleEvents.Get(eventType));

    /// <summary>Creates one new event of each type, in the order of the catalogue.</summary>
    /// <returns>26 events.</returns>
    public IReadOnlyList<OutgoingEvent> NextOfEach() => [.. HelpScoutEventCatalog.All.Select(Next)];

    private OutgoingEvent Refresh(OutgoingEvent sample)
    {
        var body = JsonNode.Parse(sample.Body.Span)!.AsObject();
        lock (_lock)
        {
            BodyIds.Replace(body, BodyIds.Find(body, sample.EventType!), _ids);
        }

        BodyInstants.MoveTo(body, _timeProvider.GetUtcNow());
        return new OutgoingEvent(sample.Name, PhpJson.Rewrite(JsonSerializer.SerializeToUtf8Bytes(body)));
    }
}
