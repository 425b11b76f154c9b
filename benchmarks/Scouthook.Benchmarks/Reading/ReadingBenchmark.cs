using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Scouthook.Benchmarks.Measuring;
using Scouthook.Parsing;
using Scouthook.Signing;
using Scouthook.Testing;

namespace Scouthook.Benchmarks.Reading;

/// <summary>
/// Measures the cost of verifying and reading a body, compared with a keyed hash and a bare scan of its tokens.
/// </summary>
internal sealed class ReadingBenchmark : IBenchmark
{
    private const string Secret = "scouthook-test-secret-0001";
    private const string Yardstick = "keyed hash + token scan";

    private static readonly (string Event, Row Scan, Row Typed)[] Bodies =
    [
        (
            "customer.created",
            new Row("verify + scan, customer, 1 KB", "ns", Yardstick, Aim.RatioAtMost(1.3)),
            new Row("verify + typed parse, customer, 1 KB", "ns", Yardstick, Aim.RatioAtMost(3))),
        (
            "convo.agent.reply.created",
            new Row("verify + scan, conversation, 3 KB", "ns", Yardstick, Aim.RatioAtMost(1.25)),
            new Row("verify + typed parse, conversation, 3 KB", "ns", Yardstick, Aim.RatioAtMost(3.5))),
    ];

    public string Group => "reading";

    public string Title => "Reading";

    public string Notes => "One thread. The yardstick is a reused keyed hash and a bare scan of the UTF-8 tokens of the same body.";

    public IReadOnlyList<Row> Rows => [.. Bodies.SelectMany(body => new[] { body.Scan, body.Typed })];

    public Task MeasureAsync(Run run)
    {
        foreach (var (name, scan, typed) in Bodies)
        {
            Measure(run, name, scan, typed);
        }

        return Task.CompletedTask;
    }

    private static void Measure(Run run, string name, Row scanRow, Row typedRow)
    {
        var body = SampleEvents.Get(name).Body.ToArray();
        using var secrets = new SigningSecrets(Secret);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(Secret));
        KeyValuePair<string, string>[] headers =
            [new(HelpScoutHeaders.Event, name), new(HelpScoutHeaders.Signature, HelpScoutSignature.Sign(body, Secret))];
        var yardstick = () => Bare(hash, body);
        var scan = () => Received(headers, body, secrets).Facts.Title?.Length ?? 0;
        var typed = () => Received(headers, body, secrets).ToEvent().Name.Length;
        var slice = TimeSpan.FromMilliseconds(run.Effort.IsSmoke ? 20 : 250);
        foreach (var warm in new[] { yardstick, scan, typed, yardstick, scan, typed })
        {
            NanosecondsEach(warm, slice);
        }

        for (var round = 0; round < run.Effort.Rounds; round++)
        {
            var bare = NanosecondsEach(yardstick, slice);
            run.Record(scanRow, NanosecondsEach(scan, slice), bare);
            run.Record(typedRow, NanosecondsEach(typed, slice), bare);
        }
    }

    private static ReceivedWebhook Received(
        KeyValuePair<string, string>[] headers, byte[] body, SigningSecrets secrets) =>
        ReceivedWebhook.Verify(headers, body, secrets, out var webhook) is SignatureVerification.Valid
            ? webhook!
            : throw new InvalidOperationException("The signature does not fit.");

    private static int Bare(IncrementalHash hash, byte[] body)
    {
        Span<byte> digest = stackalloc byte[HMACSHA1.HashSizeInBytes];
        hash.AppendData(body);
        hash.GetHashAndReset(digest);

        var reader = new Utf8JsonReader(body);
        var tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens + digest[0];
    }

    private static double NanosecondsEach(Func<int> work, TimeSpan slice)
    {
        var count = 0L;
        var sum = 0L;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < slice)
        {
            for (var index = 0; index < 100; index++)
            {
                sum += work();
            }

            count += 100;
        }

        GC.KeepAlive(sum);
        return watch.Elapsed.TotalNanoseconds / count;
    }
}
