using System.Collections.Frozen;
using System.Collections.Immutable;
using Scouthook.Events;

namespace Scouthook.Testing;

/// <summary>One sample of each of the 26 events: invented data of one consistent account, in Help Scout's wire style.</summary>
/// <remarks>
/// Sending the same sample twice sends the same bytes twice, which a receiver may treat as a repeat. To make each event
/// a new one, use an <see cref="EventGenerator"/>.
/// </remarks>
public static class SampleEvents
{
    private static readonly FrozenDictionary<string, OutgoingEvent> ByName = HelpScoutEventCatalog.All
        .ToFrozenDictionary(type => type.Name, type => new OutgoingEvent(type.Name, Load(type.Name)));

    /// <summary>All samples, in the order of the catalogue.</summary>
    public static ImmutableArray<OutgoingEvent> All { get; } =
        [.. HelpScoutEventCatalog.All.Select(type => ByName[type.Name])];

    /// <summary>Returns the sample of an event.</summary>
    /// <param name="eventName">One of the 26 names, for example <c>convo.created</c>.</param>
    /// <returns>The sample.</returns>
    /// <exception cref="ArgumentException">The name is not in the catalogue.</exception>
    public static OutgoingEvent Get(string eventName)
    {
        ArgumentNullException.ThrowIfNull(eventName);

        return ByName.GetValueOrDefault(eventName) ?? throw new ArgumentException(
            $"There is no sample of {eventName}: it is not one of the 26 names of the catalogue.", nameof(eventName));
    }

    /// <summary>Returns the sample of an event type.</summary>
    /// <param name="eventType">An event type of the catalogue.</param>
    /// <returns>The sample.</returns>
    public static OutgoingEvent Get(HelpScoutEventType eventType)
    {
        ArgumentNullException.ThrowIfNull(eventType);

        return ByName[eventType.Name];
    }

    private static byte[] Load(string eventName)
    {
        using var stream = typeof(SampleEvents).Assembly.GetManifestResourceStream($"payloads/{eventName}.json")
            ?? throw new InvalidOperationException($"The sample of {eventName} is missing from the assembly.");
        var body = new byte[stream.Length];
        stream.ReadExactly(body);
        return body;
    }
}
