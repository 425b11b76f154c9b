using System.Collections.Immutable;
using System.Text.Json;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Suggesting;
using Scouthook.Events;
using Scouthook.Testing;

namespace Scouthook.Cli.Emitting;

/// <summary>Which events are sent, and where the bytes of each come from.</summary>
internal sealed class EmitPlan
{
    private const string AllEvents = "all";

    private readonly ImmutableArray<Func<OutgoingEvent>> _round;
    private readonly int _rounds;

    private EmitPlan(IEnumerable<Func<OutgoingEvent>> round, int rounds)
    {
        _round = [.. round];
        _rounds = rounds;
    }

    public long Count => (long)_round.Length * _rounds;

    /// <summary>The events, made one by one.</summary>
    public IEnumerable<OutgoingEvent> Events
    {
        get
        {
            for (var round = 0; round < _rounds; round++)
            {
                foreach (var make in _round)
                {
                    yield return make();
                }
            }
        }
    }

    /// <summary>Sends these bytes under this name, in the catalogue or not.</summary>
    public static EmitPlan OfBytes(string eventName, byte[] body, IReadOnlyList<PayloadEdit> edits, int rounds)
    {
        if (eventName == AllEvents)
        {
            throw new UsageException("One file is the body of one event: with --file, name the event.");
        }

        var outgoing = Edited(new OutgoingEvent(eventName, body), edits);
        return new EmitPlan([() => outgoing], rounds);
    }

    /// <summary>Sends the samples as they are.</summary>
    public static EmitPlan OfSamples(string eventName, IReadOnlyList<PayloadEdit> edits, int rounds) =>
        new(Names(eventName).Select(name => Edited(SampleEvents.Get(name), edits)).Select(Always), rounds);

    /// <summary>Sends events with fresh ids and instants.</summary>
    public static EmitPlan OfFresh(
        string eventName, IReadOnlyList<PayloadEdit> edits, int rounds, EventGenerator generator)
    {
        var names = Names(eventName);
        foreach (var name in names)
        {
            // A change that does not fit is wrong usage, to be said before anything is sent.
            Edited(SampleEvents.Get(name), edits);
        }

        return new EmitPlan(names.Select(name => (Func<OutgoingEvent>)(() => Edited(generator.Next(name), edits))), rounds);
    }

    private static Func<OutgoingEvent> Always(OutgoingEvent outgoing) => () => outgoing;

    private static ImmutableArray<string> Names(string eventName)
    {
        if (eventName == AllEvents)
        {
            return [.. HelpScoutEventCatalog.All.Select(type => type.Name)];
        }

        if (HelpScoutEventCatalog.Find(eventName) is { } type)
        {
            return [type.Name];
        }

        var near = NameSuggestions.Of(eventName);
        throw new UsageException(
            $"'{eventName}' is not one of the 26 events. "
            + (near.Count > 0 ? $"Did you mean {string.Join(", ", near)}? " : "")
            + "To send another name, pass its body with --file.");
    }

    private static OutgoingEvent Edited(OutgoingEvent outgoing, IReadOnlyList<PayloadEdit> edits)
    {
        if (edits.Count == 0)
        {
            return outgoing;
        }

        try
        {
            return new OutgoingEvent(
                outgoing.Name, edits.Aggregate(outgoing.Body, (body, edit) => edit.ApplyTo(body.Span)));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new UsageException($"{outgoing.Name}: {exception.Message}");
        }
    }
}
