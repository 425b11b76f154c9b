using System.Globalization;
using System.Text;
using Scouthook.Signing;

namespace Scouthook.Benchmarks.Accepting;

/// <summary>Distinct conversation events, as bytes ready to be written to a socket.</summary>
/// <remarks>A conversation has eight events, about as in Help Scout. They are of about 3 KB, unless another size is given.</remarks>
internal sealed class SignedEvents
{
    public const string Secret = "scouthook-test-secret-0001";

    private const int EventsPerConversation = 8;
    private const int FillerLength = 1_900;

    /// <summary>The length of a body without its filler.</summary>
    private const int Overhead = 1_140;

    private static readonly string[] Names =
    [
        "convo.created", "convo.assigned", "convo.tags", "convo.agent.reply.created", "convo.customer.reply.created",
        "convo.note.created", "convo.status", "convo.custom-fields",
    ];

    private readonly SigningSecret _secret = new(Secret);
    private readonly string _filler = new('x', FillerLength);
    private readonly int? _small;
    private long _next;

    public SignedEvents(long first) => _next = first;

    /// <param name="first">The number before that of the first event.</param>
    /// <param name="size">The length of a body.</param>
    public SignedEvents(long first, int size)
        : this(first)
    {
        if (size < Overhead)
        {
            _small = size;
        }
        else
        {
            _filler = new string('x', size - Overhead);
        }
    }

    /// <summary>Returns the bytes of a body and its event name.</summary>
    public (string Name, byte[] Body) NextBody()
    {
        var number = Interlocked.Increment(ref _next);
        if (_small is { } size)
        {
            return (Names[number % EventsPerConversation], Small(number, size));
        }

        var conversation = 3_400_000_000 + (number / EventsPerConversation);
        var customer = 640_000_000 + (number / EventsPerConversation % 50_000);
        var minute = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero).AddSeconds(number);
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$$$"""
            {"id":{{{{conversation}}}},"number":{{{{conversation % 100_000_000}}}},"threads":3,"type":"email","folderId":8730112,"status":"active","state":"published","subject":"Question {{{{conversation}}}} about an order","preview":"Hello","mailboxId":{{{{318842 + (conversation % 5)}}}},"createdBy":{"id":{{{{customer}}}},"type":"customer","first":"Zo\u00eb","last":"Marchetti","email":"c{{{{customer}}}}@example.org"},"createdAt":"2026-03-02T08:00:00Z","userUpdatedAt":"{{{{minute:yyyy-MM-dd'T'HH:mm:ss'Z'}}}}","source":{"type":"email","via":"customer"},"tags":[],"cc":[],"bcc":[],"primaryCustomer":{"id":{{{{customer}}}},"type":"customer","first":"Zo\u00eb","last":"Marchetti","email":"c{{{{customer}}}}@example.org"},"customFields":[],"_embedded":{"threads":[{"id":{{{{9_900_000_000 + number}}}},"type":"customer","status":"active","state":"published","action":{"type":"default","associatedEntities":[]},"body":"{{{{_filler}}}}","createdBy":{"id":{{{{customer}}}},"type":"customer","first":"Zo\u00eb","last":"Marchetti"},"createdAt":"2026-03-02T08:00:00Z"}]},"_links":{"self":{"href":"https:\/\/api.helpscout.net\/v2\/conversations\/{{{{conversation}}}}"},"web":{"href":"https:\/\/secure.helpscout.net\/conversation\/{{{{conversation}}}}\/1"}}}
            """);
        return (Names[number % EventsPerConversation], Encoding.ASCII.GetBytes(body));
    }

    /// <summary>Returns complete HTTP requests.</summary>
    public byte[][] Requests(int count) => [.. Enumerable.Range(0, count).Select(_ => NextRequest())];

    /// <summary>Returns a complete HTTP request.</summary>
    public byte[] NextRequest()
    {
        var (name, body) = NextBody();
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nUser-Agent: Help Scout/Webhooks\r\n"
            + $"Accept-Encoding: UTF-8\r\nX-HelpScout-Event: {name}\r\n"
            + $"X-HelpScout-Signature: {HelpScoutSignature.Sign(body, _secret)}\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    /// <summary>Returns a body with only the first members, padded to a length.</summary>
    private static byte[] Small(long number, int size)
    {
        var start = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"id\":{3_400_000_000 + (number / EventsPerConversation)},\"number\":{number},\"mailboxId\":318842,\"subject\":\"");
        return Encoding.ASCII.GetBytes(start.PadRight(size - 2, 'x') + "\"}");
    }
}
