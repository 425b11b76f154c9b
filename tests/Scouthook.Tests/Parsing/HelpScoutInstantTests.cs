using System.Buffers;
using System.Text;
using System.Text.Json;
using Scouthook.Json;
using Xunit;

namespace Scouthook.Tests.Parsing;

public class HelpScoutInstantTests
{
    [Theory]
    [InlineData("2026-03-02T08:14:09Z", "2026-03-02T08:14:09.0000000+00:00")]
    [InlineData("2026-03-03T09:15:02.118204Z", "2026-03-03T09:15:02.1182040+00:00")]
    [InlineData("2026-03-03T09:15:02.1182049Z", "2026-03-03T09:15:02.1182049+00:00")]
    [InlineData("2017-12-12T12:12:13", "2017-12-12T12:12:13.0000000+00:00")]
    [InlineData("2017-12-12T12:12:13.25", "2017-12-12T12:12:13.2500000+00:00")]
    [InlineData("2026-03-02T08:14:09+02:00", "2026-03-02T08:14:09.0000000+02:00")]
    [InlineData("2026-03-02T08:14:09-11:30", "2026-03-02T08:14:09.0000000-11:30")]
    [InlineData("2026-03-02T08:14:09+00:00", "2026-03-02T08:14:09.0000000+00:00")]
    [InlineData("2026-03-02", "2026-03-02T00:00:00.0000000+00:00")]
    [InlineData("2026-03-02T08:14", "2026-03-02T08:14:00.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.0000000+00:00")]
    [InlineData("2026-03-02 08:14:09", "2026-03-02T08:14:09.0000000+00:00")]
    [InlineData("2026-03-02 08:14:09.25", "2026-03-02T08:14:09.2500000+00:00")]
    [InlineData("2026-03-02t08:14:09z", "2026-03-02T08:14:09.0000000+00:00")]
    [InlineData("2026-03-02 08:14:09 UTC", "2026-03-02T08:14:09.0000000+00:00")]
    [InlineData("2026-03-02T08:14:09+0200", "2026-03-02T08:14:09.0000000+02:00")]
    [InlineData("2026-03-02 08:14:09 +0200", "2026-03-02T08:14:09.0000000+02:00")]
    [InlineData("2026-03-02 08:14:09-05", "2026-03-02T08:14:09.0000000-05:00")]
    [InlineData("1772445737", "2026-03-02T10:02:17.0000000+00:00")]
    [InlineData("1772445737982", "2026-03-02T10:02:17.9820000+00:00")]
    public void Time_without_a_zone_is_read_as_UTC(string text, string expected)
    {
        var read = TryRead($"\"{text}\"", out var instant);

        Assert.True(read);
        Assert.Equal(expected, instant.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1772445737", "2026-03-02T10:02:17.0000000+00:00")]
    [InlineData("1772445737982", "2026-03-02T10:02:17.9820000+00:00")]
    public void Number_counts_seconds_or_milliseconds_since_1970(string json, string expected)
    {
        Assert.True(TryRead(json, out var instant));
        Assert.Equal(expected, instant.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("\"\"", true)]
    [InlineData("0", true)]
    [InlineData("\"0\"", true)]
    [InlineData("\"0000-00-00 00:00:00\"", true)]
    [InlineData("\"0000-00-00T00:00:00Z\"", true)]
    [InlineData("\"0000-00-00\"", true)]
    [InlineData("\"now\"", false)]
    [InlineData("1772445737", false)]
    [InlineData("true", false)]
    public void Empty_text_and_zeros_are_no_time(string json, bool expected)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();

        Assert.Equal(expected, HelpScoutInstant.IsEmpty(ref reader));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"now\"")]
    [InlineData("\"2026-3-2\"")]
    [InlineData("\"02.03.2026\"")]
    [InlineData("\"2026-02-30T08:14:09Z\"")]
    [InlineData("\"2026-03-02T08:14:09+99:00\"")]
    [InlineData("\"0000-00-00T00:00:00Z\"")]
    [InlineData("\"-0001-11-30T00:00:00Z\"")]
    [InlineData("20260302")]
    [InlineData("\"20260302\"")]
    [InlineData("0")]
    [InlineData("1772445737.5")]
    [InlineData("-1772445737")]
    [InlineData("100000000000000")]
    [InlineData("\"2026-03-02X08:14:09\"")]
    [InlineData("\"2026-03-02 08:14:09 CET\"")]
    [InlineData("\"2026-03-02T\\\"8:14:09\"")]
    [InlineData("\"0000-00-00\"")]
    [InlineData("null")]
    [InlineData("true")]
    public void Values_that_are_not_times_are_not_read(string json) => Assert.False(TryRead(json, out _));

    [Fact]
    public void Text_of_a_megabyte_is_not_read() => Assert.False(TryRead($"\"{new string('2', 1_000_000)}\"", out _));

    [Fact]
    public void Time_split_across_buffers_is_read()
    {
        const string body = """{"id":7,"slug":"a","createdAt":"2026-03-02T12:02:17+02:00","updatedAt":null}""";
        var reader = new Utf8JsonReader(InPieces(Encoding.UTF8.GetBytes(body), 3));

        var tag = (Scouthook.Payloads.Tag)JsonSerializer.Deserialize(
            ref reader, Scouthook.Events.HelpScoutEventCatalog.Find("tag.created")!.PayloadJson)!;

        Assert.Equal(Support.Some.Instant, tag.CreatedAt);
        Assert.Equal("a", tag.Slug);
    }

    private static ReadOnlySequence<byte> InPieces(byte[] bytes, int size)
    {
        var first = new Piece(bytes.AsMemory(0, size), 0);
        var last = first;
        for (var at = size; at < bytes.Length; at += size)
        {
            last = last.Append(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }

    private static bool TryRead(string json, out DateTimeOffset instant)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return HelpScoutInstant.TryRead(ref reader, out instant);
    }
}
