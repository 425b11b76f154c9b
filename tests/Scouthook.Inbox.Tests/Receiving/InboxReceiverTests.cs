using System.Collections;
using System.Text.Json;
using Scouthook.Events;
using Scouthook.Inbox.Receiving;
using Scouthook.Testing;

namespace Scouthook.Inbox.Tests.Receiving;

public class InboxReceiverTests
{
    public static TheoryData<string> Names => [.. HelpScoutEventCatalog.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Event_contains_everything_in_the_request(string name)
    {
        var sent = SampleEvents.Get(name);
        using var webhook = Some.Webhook(sent, source: "second", headers: [.. Some.Headers(sent), new("X-A", "1"), new("Cookie", "no")]);

        var added = InboxReceiver.ToNewEvent(webhook);

        Assert.Equal(("second", name, Some.Instant), (added.Source, added.EventType, added.ReceivedAt));
        Assert.Same(webhook.Facts, added.Facts);
        Assert.Equal(sent.Body.ToArray(), added.Body.ToArray());
        Assert.Equal(name.EndsWith(".deleted", StringComparison.Ordinal), added.IsDeletion);
        Assert.Equal(
            ["X-HelpScout-Event", "X-HelpScout-Signature", "X-A"],
            JsonSerializer.Deserialize<string[][]>(added.Headers)!.Select(pair => pair[0]));
        Assert.Equal(DeduplicationKey.Length, added.DeduplicationKey!.Length);
        Assert.Equal(7, added.Id.Version);
    }

    [Fact]
    public void Event_received_under_a_clock_before_1970_gets_an_id_of_its_own()
    {
        var early = DateTimeOffset.UnixEpoch.AddDays(-1);
        var ids = Enumerable.Range(1, 3)
            .Select(_ => InboxReceiver.ToNewEvent(Some.Webhook(SampleEvents.Get("convo.created"), early)).Id);

        Assert.Equal(3, ids.Distinct().Count(id => id.Version == 7));
    }

    [Fact]
    public void Keys_distinguish_source_name_and_body()
    {
        var body = """{"id":1}""";
        byte[][] keys =
        [
            Key("tag.deleted", body), Key("customer.deleted", body), Key("tag.deleted", body + " "),
            Key("tag.deleted", body, "second"), Key("", body), Key("", "customer.deleted" + body),
        ];

        Assert.Equal(keys.Length, keys.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(keys[0], Key("tag.deleted", body));
        Assert.Equal(keys[4], Key("helpscout.test", body));
        Assert.Equal(keys[4], Key("TAG.deleted", body));

        static byte[] Key(string name, string body, string source = "default") =>
            DeduplicationKey.Of(Some.Webhook(Some.Outgoing(name, body), source: source));
    }

    [Fact]
    public void Keys_computed_on_many_threads_equal_those_computed_on_one()
    {
        var samples = SampleEvents.All;
        var alone = samples.Select(sample => Convert.ToHexString(DeduplicationKey.Of(Some.Webhook(sample)))).ToArray();

        var together = samples.AsParallel().AsOrdered()
            .Select(sample => Convert.ToHexString(DeduplicationKey.Of(Some.Webhook(sample)))).ToArray();

        Assert.Equal(alone, together);
        Assert.Equal(26, alone.Distinct().Count());
    }

    [Fact]
    public void Headers_with_credentials_are_omitted()
    {
        var written = StoredHeaders.Write(
        [
            new("authorization", "Bearer x"), new("Proxy-Authorization", "x"), new("COOKIE", "x"),
            new("X-HelpScout-Event", "convo.created"), new("x-a", "\"<ü>\""), new("X-A", ""),
        ]);

        Assert.Equal(
            [["X-HelpScout-Event", "convo.created"], ["x-a", "\"<ü>\""], ["X-A", ""]],
            JsonSerializer.Deserialize<string[][]>(written));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('"')]
    [InlineData('ü')]
    [InlineData('語')]
    public void Headers_are_kept_up_to_8_KB(char letter)
    {
        KeyValuePair<string, string>[] headers =
            [.. Enumerable.Range(0, 100).Select(number => KeyValuePair.Create($"X-{number}", new string(letter, 500)))];

        var written = StoredHeaders.Write(headers);

        Assert.InRange(written.Length, 8 * 1024 - 3_100, 8 * 1024);
        Assert.All(JsonSerializer.Deserialize<string[][]>(written)!, pair => Assert.Equal(500, pair[1].Length));
    }

    [Fact]
    public void Header_that_is_too_long_does_not_remove_those_after_it()
    {
        var written = StoredHeaders.Write([new("X-Long", new string('a', 9_000)), new("X-Short", "b")]);

        Assert.Equal("""[["X-Short","b"]]""", written);
    }

    [Fact]
    public async Task Buffer_is_returned_even_when_headers_cannot_be_read()
    {
        await using var setup = new QueueSetup();
        using var owner = new CountedOwner();
        var sent = SampleEvents.Get("tag.created");
        var webhook = Some.Webhook(sent, owner: owner, headers: new BrokenHeaders(Some.Headers(sent)));

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => setup.Receiver.ReceiveAsync(webhook, CancellationToken.None).AsTask());

        Assert.Equal(1, owner.Disposed);
    }

    [Fact]
    public void Source_that_does_not_deduplicate_has_no_keys()
    {
        var sent = SampleEvents.Get("tag.created");

        var kept = Some.Received(sent, deduplicate: false);

        Assert.Null(kept.DeduplicationKey);
    }

    /// <summary>Headers that can be read only once, during verification.</summary>
    private sealed class BrokenHeaders(KeyValuePair<string, string>[] headers) : IReadOnlyList<KeyValuePair<string, string>>
    {
        public int Count => headers.Length;

        public KeyValuePair<string, string> this[int index] => headers[index];

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => throw new InvalidOperationException("gone");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
