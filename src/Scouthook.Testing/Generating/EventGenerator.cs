using Scouthook.Events;
using Scouthook.Testing.Generating;

namespace Scouthook.Testing;

/// <summary>Generates new events, each with its own ids and the current time.</summary>
/// <remarks>
/// <para>
/// Every event comes from a small story in a new <see cref="HelpScoutAccount"/>, so that ids, links and times agree: a
/// conversation has the threads it counts, and the event is the newest thing in it. Ids of conversations, threads,
/// customers, chats, ratings, tags, organizations and attachments are new at every call. Inboxes, folders, custom fields
/// and users stay, as an account has few of them; only <c>user.status.changed</c>, which has no other id, is about a new
/// user each time. Texts vary.
/// </para>
/// <para>
/// The same seed and clock generate the same events. Safe to use from many threads, though only a single thread gets them
/// in a repeatable order.
/// </para>
/// </remarks>
public sealed class EventGenerator
{
    private readonly Lock _lock = new();
    private readonly FreshIds _ids;
    private readonly Random _random;
    private readonly TimeProvider _timeProvider;

    /// <summary>Creates a generator.</summary>
    /// <param name="seed">
    /// The starting point of ids and texts; generators with different seeds hardly ever produce the same id.
    /// </param>
    /// <param name="timeProvider">Provides the current time; the system's clock if <see langword="null"/>.</param>
    public EventGenerator(int seed, TimeProvider? timeProvider = null)
    {
        _ids = new FreshIds(new Random(seed));
        _random = new Random(seed);
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Creates a new event.</summary>
    /// <param name="eventName">One of the 26 names, for example <c>convo.created</c>.</param>
    /// <returns>The event, formatted exactly as Help Scout does.</returns>
    /// <exception cref="ArgumentException">The name is not in the catalogue.</exception>
    public OutgoingEvent Next(string eventName)
    {
        ArgumentNullException.ThrowIfNull(eventName);

        AccountEvent? newest = null;
        lock (_lock)
        {
            var clock = new StoryClock(_timeProvider.GetUtcNow());
            var account = new HelpScoutAccount(_ids, clock);
            account.Emitted += raised => newest = raised.Name == eventName ? raised : newest;
            new EventScenes(account, new Cast(account, _random, continues: false), clock.MoveTo).Play(eventName);
        }

        return newest!.Event;
    }

    /// <summary>Creates a new event.</summary>
    /// <param name="eventType">An event type of the catalogue.</param>
    /// <returns>The event, formatted exactly as Help Scout does.</returns>
    public OutgoingEvent Next(HelpScoutEventType eventType)
    {
        ArgumentNullException.ThrowIfNull(eventType);

        return Next(eventType.Name);
    }

    /// <summary>Creates one new event of each type, in the order of the catalogue.</summary>
    /// <returns>26 events.</returns>
    public IReadOnlyList<OutgoingEvent> NextOfEach() => [.. HelpScoutEventCatalog.All.Select(Next)];
}
