using System.Text;

namespace Scouthook.AspNetCore.Tests.Receiving;

/// <summary>Creates requests that are wrong in one way or not at all, with the expected response.</summary>
internal sealed class Mutator(Random random, int limit)
{
    private static readonly int[] Accepted = [200];
    private static readonly int[] Unauthorized = [401];
    private static readonly int[] BadRequest = [400];
    private static readonly int[] NotAllowed = [405];
    private static readonly int[] TooLarge = [413];
    private static readonly int[] HeadersTooLarge = [431];

    private static readonly byte[][] Tokens =
    [
        "null"u8.ToArray(), "true"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "9223372036854775808"u8.ToArray(),
        "{}"u8.ToArray(), "[]"u8.ToArray(), "\"\""u8.ToArray(), "\"\\ud800\""u8.ToArray(), "\"\\u0000\""u8.ToArray(),
        "{\"id\":1}"u8.ToArray(), ","u8.ToArray(), ":"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(),
        [0xff], [0xc3, 0x28], [0xef, 0xbb, 0xbf], [0], "/*"u8.ToArray(), "2026-13-45T99:99:99Z"u8.ToArray(),
    ];

    private static readonly string[] Methods = ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "X"];

    public (RawRequest Request, int[] Expected, string Kind) Next()
    {
        var name = Samples.Names[random.Next(Samples.Names.Count)];
        var body = random.Next(10) == 0 ? Samples.Body(name) : Body(Samples.Body(name));
        var request = Some.Request(body, eventName: null);
        if (random.Next(8) == 0 && body.Length > 0)
        {
            request.ChunkSize = random.Next(body.Length / 4, body.Length) + 1;
        }

        var kind = random.Next(20);
        if (kind is > 4)
        {
            request.With("X-HelpScout-Event", name);
        }

        return kind switch
        {
            0 or 1 or 2 or 3 or 4 => EventName(request),
            5 or 6 or 7 or 8 or 9 => Signature(request),
            10 or 11 => MoreHeaders(request),
            12 => OtherMethod(request),
            13 => Long(request),
            _ => (request, Accepted, "body"),
        };
    }

    private (RawRequest Request, int[] Expected, string Kind) EventName(RawRequest request)
    {
        const string header = "X-HelpScout-Event";
        switch (random.Next(8))
        {
            case 0:
                return (request, Accepted, "no event name");
            case 1:
                return (request.With(header, ""), Accepted, "empty event name");
            case 2:
                return (request.With(header, Printable(random.Next(200))), Accepted, "printable event name");
            case 3:
                return (request.With(header, "żółw.🚀." + (char)random.Next(0x100, 0xd000)), Accepted, "UTF-8 event name");
            case 4:
                return (request.With(header, Printable(random.Next(1_000, 8_000))), Accepted, "long event name");
            case 5 when random.Next(10) == 0:
                return (request.With(header, Printable(40_000)), HeadersTooLarge, "event name over the header limit");
            case 6 when random.Next(10) == 0:
                return (request.With(header, [(byte)'a', (byte)random.Next(0xf8, 0x100)]), BadRequest, "event name no text");
            default:
                return (
                    request.With(header, Samples.Names[random.Next(26)]).With(header, Samples.Names[random.Next(26)]),
                    Accepted, "two event names");
        }
    }

    private (RawRequest Request, int[] Expected, string Kind) Signature(RawRequest request)
    {
        var right = Some.Signature(request.Body);
        var wrong = random.Next(12) switch
        {
            0 => right.Insert(random.Next(29), ((char)random.Next(0x21, 0x7f)).ToString()),
            1 => right.Remove(random.Next(28), 1),
            2 => Changed(right),
            3 => right.ToLowerInvariant(),
            4 => Convert.ToHexStringLower(Convert.FromBase64String(right)),
            5 => "sha1=" + right,
            6 => Some.Signature(request.Body, Some.OtherSecret),
            7 => Some.Signature([.. request.Body, (byte)random.Next(256)]),
            8 => Printable(28),
            9 => Printable(random.Next(2_000)),
            10 => Convert.ToBase64String(Some.Bytes(20, random.Next())),
            _ => $"{right},{right}",
        };
        request.Signed(wrong);
        if (random.Next(15) == 0)
        {
            return (request.With("x-helpscout-signature", right), Unauthorized, "two signatures");
        }

        return (request, wrong.Trim() == right ? Accepted : Unauthorized, $"signature '{wrong}'");
    }

    private (RawRequest Request, int[] Expected, string Kind) MoreHeaders(RawRequest request)
    {
        var many = random.Next(20) == 0;
        for (var count = many ? 101 : random.Next(1, 30); count > 0; count--)
        {
            request.With($"X-{random.Next(1_000)}", Printable(random.Next(60)));
        }

        return (request.With("Content-Type", Printable(20)).With("Accept-Encoding", "UTF-8"),
            many ? HeadersTooLarge : Accepted, "more headers");
    }

    private (RawRequest Request, int[] Expected, string Kind) OtherMethod(RawRequest request)
    {
        request.Method = Methods[random.Next(Methods.Length)];
        return (request, NotAllowed, request.Method);
    }

    private (RawRequest Request, int[] Expected, string Kind) Long(RawRequest request)
    {
        var over = random.Next(4) == 0;
        var body = Some.Bytes(over ? limit + random.Next(1, 2_000) : limit - random.Next(100), random.Next());
        request.Body = body;
        request.ChunkSize = request.ChunkSize > 0 ? random.Next(1_000, 30_000) : 0;
        return (request.Signed(Some.Signature(body)), over ? TooLarge : Accepted, "long body");
    }

    private byte[] Body(byte[] sample)
    {
        var body = sample.ToList();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var at = random.Next(body.Count + 1);
            var length = random.Next(Math.Min(64, body.Count - at) + 1);
            switch (random.Next(7))
            {
                case 0 when at < body.Count:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body.RemoveRange(at, length);
                    break;
                case 2:
                    body.RemoveRange(at, body.Count - at);
                    break;
                case 3:
                    body.InsertRange(at, body.GetRange(at, length));
                    break;
                case 4:
                    body.InsertRange(at, Enumerable.Repeat((byte)"[{\"1"[random.Next(4)], random.Next(300)));
                    break;
                case 5:
                    var other = Samples.Body(Samples.Names[random.Next(26)]);
                    var from = random.Next(other.Length);
                    body.InsertRange(at, other.AsSpan(from, Math.Min(16, other.Length - from)).ToArray());
                    break;
                default:
                    body.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
            }
        }

        return [.. body];
    }

    private string Changed(string text)
    {
        var characters = text.ToCharArray();
        characters[random.Next(characters.Length)] = (char)random.Next(0x21, 0x7f);
        return new string(characters);
    }

    private string Printable(int length)
    {
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            text.Append((char)random.Next(0x20, 0x7f));
        }

        return text.ToString();
    }
}
