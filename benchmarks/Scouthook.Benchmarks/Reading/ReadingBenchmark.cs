using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Scouthook.Benchmarks.Reporting;
using Scouthook.Parsing;
using Scouthook.Signing;
using Scouthook.Testing;

namespace Scouthook.Benchmarks.Reading;

/// <summary>
/// Measures the cost of verifying and reading a body, compared with a keyed hash and a bare scan of its tokens.
/// </summary>
internal static class ReadingBenchmark
{
    private const string Secret = "scouthook-test-secret-0001";

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(250);

    public static void Run(Report report, int rounds)
    {
        report.Title("Reading, one thread");
        report.Line("The yardstick is a reused keyed hash and a bare scan of the UTF-8 tokens of the same body.");
        report.Line("");
        foreach (var (name, typedAim) in new[] { ("customer.created", "≤ 3.0"), ("convo.agent.reply.created", "≤ 4.0") })
        {
            Measure(report, rounds, name, SampleEvents.Get(name).Body.ToArray(), typedAim);
        }

        report.Line("");
    }

    private static void Measure(Report report, int rounds, string name, byte[] body, string typedAim)
    {
        using var secrets = new SigningSecrets(Secret);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(Secret));
        KeyValuePair<string, string>[] headers =
            [new(HelpScoutHeaders.Event, name), new(HelpScoutHeaders.Signature, HelpScoutSignature.Sign(body, Secret))];
        var yardstick = () => Bare(hash, body);
        var scan = () => Received(headers, body, secrets).Facts.Title?.Length ?? 0;
        var typed = () => Received(headers, body, secrets).ToEvent().Name.Length;

        foreach (var warm in new[] { yardstick, scan, typed, yardstick, scan, typed })
        {
            NanosecondsEach(warm);
        }

        var figures = Enumerable.Range(0, rounds)
            .Select(_ => (Yardstick: NanosecondsEach(yardstick), Scan: NanosecondsEach(scan), Typed: NanosecondsEach(typed)))
            .ToArray();
        var bare = figures.Select(figure => figure.Yardstick).ToArray();
        var what = string.Create(CultureInfo.InvariantCulture, $"{name}, {body.Length} bytes");
        report.Compare($"verify + scan ({what})", "yardstick", "ns", [.. figures.Select(figure => figure.Scan)], bare, "≤ 1.5");
        report.Compare($"verify + typed ({what})", "yardstick", "ns", [.. figures.Select(figure => figure.Typed)], bare, typedAim);
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

    private static double NanosecondsEach(Func<int> work)
    {
        var count = 0L;
        var sum = 0L;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Slice)
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
