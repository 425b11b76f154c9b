using System.Collections.Concurrent;
using System.Security.Cryptography;
using Scouthook.Events;

namespace Scouthook.Cli.Demonstrating;

/// <summary>What the handlers really received: each event's digest, by the record a handler was registered for.</summary>
internal sealed class Arrivals
{
    private readonly ConcurrentDictionary<(Type EventClass, string Digest), int> _counts = new();

    public static string Digest(ReadOnlyMemory<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body.Span));

    /// <typeparam name="TEvent">What the handler was registered for, which need not be the event's own type.</typeparam>
    public Task AddAsync<TEvent>(TEvent helpScoutEvent)
        where TEvent : HelpScoutEvent
    {
        _counts.AddOrUpdate((typeof(TEvent), Digest(helpScoutEvent.Body)), 1, (_, count) => count + 1);
        return Task.CompletedTask;
    }

    public int Count(Type eventClass, string digest) => _counts.GetValueOrDefault((eventClass, digest));

    /// <summary>The digests of everything that reached the handlers of a type.</summary>
    public IEnumerable<string> DigestsOf(Type eventClass) =>
        _counts.Keys.Where(key => key.EventClass == eventClass).Select(key => key.Digest);
}
