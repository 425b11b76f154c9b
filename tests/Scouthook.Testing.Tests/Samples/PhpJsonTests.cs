using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace Scouthook.Testing.Tests.Samples;

public sealed class PhpJsonTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Rewritten_sample_has_the_same_bytes(string name)
    {
        var body = SampleEvents.Get(name).Body.ToArray();

        Assert.Equal(body, PhpJson.Rewrite(body));
    }

    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Sample_written_by_another_serializer_is_restored_to_the_same_bytes(string name)
    {
        var body = SampleEvents.Get(name).Body.ToArray();
        var indented = JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(body), Indented);

        Assert.Equal(body, PhpJson.Rewrite(indented));
    }

    [Theory]
    [InlineData("\"a/b\"", @"""a\/b""")]
    [InlineData("\"Zoë 🚀\"", @"""Zo\u00eb \ud83d\ude80""")]
    [InlineData(@"""\b\f\n\r\t\u0001\u001F""", @"""\b\f\n\r\t\u0001\u001f""")]
    [InlineData(@"""\""\\\u0022""", @"""\""\\\""""")]
    [InlineData("\"\\u007f\\u0080\"", "\"\u007f\\u0080\"")]
    [InlineData("[1.50,1E5,-0,12345678901234567890,true,false,null]", "[1.50,1E5,-0,12345678901234567890,true,false,null]")]
    [InlineData(" { \"é\" : [ { } , [ ] ] , \"b\" : 1 } ", @"{""\u00e9"":[{},[]],""b"":1}")]
    public void Value_is_written_as_PHP_json_encode_writes_it(string json, string expected)
    {
        Assert.Equal(expected, Encoding.UTF8.GetString(PhpJson.Rewrite(Encoding.UTF8.GetBytes(json))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData(@"""\ud83d""")]
    public void Text_that_is_not_JSON_is_rejected(string json)
    {
        Assert.ThrowsAny<JsonException>(() => PhpJson.Rewrite(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Any_text_round_trips_as_ASCII()
    {
        Gen.String.Where(text => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar)).Sample(text =>
        {
            var written = PhpJson.Rewrite(JsonSerializer.SerializeToUtf8Bytes(text));

            Assert.All(written, character => Assert.InRange(character, 0x20, 0x7f));
            Assert.Equal(text, JsonSerializer.Deserialize<string>(written));
        });
    }
}
