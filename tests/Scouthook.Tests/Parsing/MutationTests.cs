using System.Globalization;
using System.Text;
using CsCheck;
using Scouthook.Events;
using Scouthook.Parsing;
using Scouthook.TestSupport.Payloads;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Parsing;

/// <summary>
/// Damages bodies in many ways. <c>SCOUTHOOK_FUZZ</c> sets the number of mutations; on failure CsCheck prints the seed,
/// which <c>CsCheck_Seed</c> repeats.
/// </summary>
public class MutationTests
{
    private const int DefaultMutations = 150_000;

    private static readonly string[] Tokens =
    [
        "null", "true", "false", "{}", "[]", "\"\"", "0", "-1", "1e400", "99999999999999999999999999", "1.5", "\"x\"",
        "[null]", "[[]]", "{\"id\":null}", "\"\\ud800\"", "\"\\u0000\"", "\"2026-03-02T10:02:17\"", "\"https://api.helpscout.net/v2/tags/5\"",
        "\"1234\"", "\"-5\"", "{\"0\":7,\"4\":{\"id\":\"8\"}}", "{\"1\":\"a\"}", "1772445737", "\"1772445737000\"", "{\"value\":5}",
        "\"2026-03-02 10:02:17 +0200\"", "\"0000-00-00 00:00:00\"", "\"published\"", "\"customer\"", "\"message\"", "\"note\"",
        "9223372036854775807", "{\"a\":{\"b\":[1,2,{\"c\":null}]}}", "\"é😀\"", "[1,\"a\"]",
    ];

    private static readonly string[] Members =
    [
        "id", "userId", "subject", "createdAt", "userUpdatedAt", "_embedded", "_links", "customer", "primaryCustomer",
        "createdBy", "email", "chat", "slug", "number", "rating", "message", "response", "closedByUser", "\\u0069d", "x",
        "type", "state", "author", "threads", "emails", "value", "owner", "modifiedAt", "updatedAt", "\\u0001unread:id",
    ];

    private static readonly string[] EventNames = [.. Samples.Names, "helpscout.test", ""];

    private static readonly byte[][] Bodies = [.. Samples.Names.Select(Samples.Body)];

    // Mostly under its own name: only then does the mutation, and not the name, decide the result.
    private static readonly Gen<(int Body, int Name)> Subjects = Gen.Select(
        Gen.Int[0, 25], Gen.Int[0, 3], Gen.Int[0, 27], (body, own, name) => (body, own > 0 ? body : name));

    private static readonly Gen<Step[]> Steps =
        Gen.Select(Gen.Int[0, 11], Gen.UInt, Gen.UInt, Gen.UInt, (kind, at, length, value) => new Step(kind, at, length, value))
            .Array[1, 4];

    private static long Mutations => long.TryParse(
        Environment.GetEnvironmentVariable("SCOUTHOOK_FUZZ"), CultureInfo.InvariantCulture, out var count)
            ? count
            : DefaultMutations;

    [Fact]
    public void No_damaged_body_makes_the_parser_throw() => Gen.Select(Subjects, Steps).Sample(
        (subject, steps) => AnswersRightly(EventNames[subject.Name], Damage(Bodies[subject.Body], steps)),
        iter: Mutations,
        print: sample => $"{EventNames[sample.Item1.Name]}: {Encoding.Latin1.GetString(Damage(Bodies[sample.Item1.Body], sample.Item2))}");

    [Fact]
    public void No_random_bytes_make_the_parser_throw() =>
        Gen.Select(Gen.Int[0, 27], Gen.Byte.Array[0, 200]).Sample(
            (name, bytes) => AnswersRightly(EventNames[name], bytes), iter: Math.Max(1, Mutations / 10));

    [Fact]
    public void No_number_or_text_as_the_routing_id_makes_the_parser_throw() =>
        Gen.Select(Gen.Int[0, 27], Gen.OneOf(
                Gen.Long.Select(value => value.ToString(CultureInfo.InvariantCulture)),
                Gen.Double.Where(double.IsFinite).Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
                Gen.String.Select(value => System.Text.Json.JsonSerializer.Serialize(value))))
            .Sample(
                (name, id) => AnswersRightly(EventNames[name], Encoding.UTF8.GetBytes("{\"id\":" + id + ",\"x\":1}")),
                iter: Math.Max(1, Mutations / 10));

    /// <summary>
    /// Returns whether the event is of an allowed kind, has unchanged bytes, and has facts that agree with the typed
    /// payload.
    /// </summary>
    private static bool AnswersRightly(string name, byte[] body)
    {
        var copy = body.ToArray();
        var type = HelpScoutEventCatalog.Find(name);

        var read = WebhookParser.Parse(name, body);
        var facts = FactsReader.Read(type, body);

        return read.Body.Equals(body) && body.AsSpan().SequenceEqual(copy) && read.Name == name && read switch
        {
            UnknownEvent => type is null && facts == new EventFacts { State = EventState.Unknown },
            UnreadableEvent unreadable => unreadable.Reason.Length > 0
                && facts.State is EventState.Unreadable && facts.StateReason == unreadable.Reason,
            NotificationEvent notification => facts.State is EventState.Notification
                && notification.EventType == type && notification.ResourceUri == facts.ResourceUri,
            _ => read.GetType() == type!.EventClrType && read.Payload is not null
                && (facts == TypedFacts.Of(read) || HoldsANameUnderTheOtherSpelling(read)),
        };
    }

    // The scan accepts names and addresses of people under either spelling, typed payloads only under the documented
    // one.
    private static bool HoldsANameUnderTheOtherSpelling(HelpScoutEvent read) =>
        TypedMembers.ExtensionData(read.Payload).Keys.Any(path =>
            path[(path.LastIndexOf('.') + 1)..] is "first" or "last" or "firstName" or "lastName" or "email" or "_embedded");

    private static byte[] Damage(byte[] body, Step[] steps) => steps.Aggregate(body.ToArray(), (bytes, step) => step.On(bytes));

    private sealed record Step(int Kind, uint Place, uint Length, uint Value)
    {
        public byte[] On(byte[] bytes)
        {
            if (bytes.Length == 0)
            {
                return [(byte)Value];
            }

            var at = (int)(Place % (uint)bytes.Length);
            var length = (int)(Length % (uint)Math.Min(bytes.Length - at + 1, 300));
            return Kind switch
            {
                0 => Flipped(bytes, at),
                1 => bytes[..at],
                2 => [.. bytes[..at], .. bytes[(at + length)..]],
                3 => [.. bytes[..(at + length)], .. bytes[at..]],
                4 => [.. bytes[..at], .. Spliced(), .. bytes[at..]],
                5 => [.. bytes[..at], (byte)Value, .. bytes[at..]],
                6 or 7 or 8 => ValueReplaced(bytes, at, Tokens[Value % (uint)Tokens.Length]),
                9 => ValueReplaced(bytes, at, Nested((int)(Value % 100))),
                10 => ValueReplaced(bytes, at, new string('9', (int)(Value % 400) + 1)),
                _ => MemberAdded(bytes, at),
            };
        }

        private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

        private byte[] Flipped(byte[] bytes, int at)
        {
            bytes[at] ^= (byte)(1 << (int)(Value % 8));
            return bytes;
        }

        private byte[] Spliced()
        {
            var other = Bodies[Value % (uint)Bodies.Length];
            var from = (int)(Length % (uint)other.Length);
            return other[from..Math.Min(other.Length, from + 200)];
        }

        /// <summary>
        /// Replaces the next value that is neither an object nor a list; its surroundings stay unchanged.
        /// </summary>
        private static byte[] ValueReplaced(byte[] bytes, int at, string token)
        {
            var colon = Array.IndexOf(bytes, (byte)':', at);
            if (colon < 0 || colon + 1 >= bytes.Length)
            {
                return bytes;
            }

            var start = colon + 1;
            var end = start;
            if (bytes[start] == (byte)'"')
            {
                end++;
                while (end < bytes.Length && bytes[end] != (byte)'"')
                {
                    end += bytes[end] == (byte)'\\' ? 2 : 1;
                }

                end = Math.Min(bytes.Length, end + 1);
            }
            else
            {
                while (end < bytes.Length && bytes[end] is not ((byte)',' or (byte)'}' or (byte)']' or (byte)'{' or (byte)'['))
                {
                    end++;
                }
            }

            return end == start ? bytes : [.. bytes[..start], .. Encoding.UTF8.GetBytes(token), .. bytes[end..]];
        }

        /// <summary>Adds a member, possibly for the second time, at the end of the next object.</summary>
        private byte[] MemberAdded(byte[] bytes, int at)
        {
            var close = Array.IndexOf(bytes, (byte)'}', at);
            if (close < 1)
            {
                return bytes;
            }

            var member = $"\"{Members[Length % (uint)Members.Length]}\":{Tokens[Value % (uint)Tokens.Length]}";
            return [.. bytes[..close], .. Encoding.UTF8.GetBytes((bytes[close - 1] == '{' ? "" : ",") + member), .. bytes[close..]];
        }
    }
}
