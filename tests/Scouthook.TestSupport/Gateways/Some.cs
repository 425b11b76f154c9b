using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Scouthook.Testing;

namespace Scouthook.TestSupport.Gateways;

/// <summary>Events that differ only in their ids.</summary>
internal static class Some
{
    private const string SampleId = "3352330077";

    private static readonly string Template = Encoding.UTF8.GetString(SampleEvents.Get("convo.status").Body.Span);

    /// <summary>A status change of conversation <paramref name="number"/>; every number gives a different body.</summary>
    public static SentEvent Event(long number)
    {
        if (!Template.StartsWith($"{{\"id\":{SampleId},", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The sample of convo.status begins in another way.");
        }

        var id = (4_000_000_000 + number).ToString(CultureInfo.InvariantCulture);
        return new SentEvent("convo.status", Encoding.UTF8.GetBytes(
            string.Concat("{\"id\":", id, Template.AsSpan("{\"id\":".Length + SampleId.Length))));
    }

    /// <summary>The documented sample of an event.</summary>
    public static SentEvent Sample(string name) => new(name, SampleEvents.Get(name).Body.ToArray());

    /// <summary>A step of a conversation; every step gives a different body.</summary>
    public static SentEvent Step(long conversation, long step) => new("convo.status", Encoding.UTF8.GetBytes(
        string.Concat(
            Encoding.UTF8.GetString(Event(conversation).Body)[..^1],
            string.Create(CultureInfo.InvariantCulture, $",\"step\":{step}}}"))));

    /// <summary>Steps without end of conversations in turn.</summary>
    public static IEnumerable<SentEvent> Steps(int conversations)
    {
        for (var step = 0L; ; step++)
        {
            yield return Step(step % conversations, step);
        }
    }

    /// <summary>A rating of a conversation.</summary>
    public static SentEvent Rating(long conversation, long number)
    {
        var body = JsonNode.Parse(SampleEvents.Get("satisfaction.ratings").Body.Span)!;
        body["id"] = 900_000 + number;
        body["conversationId"] = 4_000_000_000 + conversation;
        return new SentEvent("satisfaction.ratings", Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    public static IEnumerable<SentEvent> Events(int count, long from = 0)
    {
        for (var number = from; number < from + count; number++)
        {
            yield return Event(number);
        }
    }

    /// <summary>An event with a given number of bytes.</summary>
    public static SentEvent Large(long number, int bytes)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{4_000_000_000 + number},\"preview\":\"");
        return new SentEvent("convo.status", Encoding.UTF8.GetBytes(
            head + new string('x', bytes - head.Length - 2) + "\"}"));
    }
}
