using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Rendering;
using Scouthook.AsyncApi.Tests.Support;

namespace Scouthook.AsyncApi.Tests.Rendering;

public sealed class YamlTextTests
{
    [Fact]
    public async Task Text_that_YAML_could_misread_round_trips_unchanged()
    {
        string[] texts =
        [
            "", " ", " a", "a ", "a\n", "\na", "a\n b", "a \nb", "a\n\n\nb", "yes", "No", "null", "~", "1", "1.0", "1e3", "0x1F",
            "2.6.0", "2026-03-02", "2026-03-02T10:02:17Z", "a: b", "a:b", "a:", "a #b", "a#b", "#a", "- a", "-", "?", "? a", "*a",
            "&a", "!a", "%a", "@a", "`a`", "{a}", "[a]", "a, b", "'a'", "\"a\"", "a'b", "a\\b", "\ta", "a\tb", "\u0007",
            "\u0085", "\u2028", "\ufeff", "Zoë 🚀", "$ref", "<<", "=", "---", "...", "a\r\nb", "|", ">", new('x', 200),
            string.Join(' ', Enumerable.Repeat("word", 60)), string.Join("  ", Enumerable.Repeat("word", 60)),
            string.Join("\n", Enumerable.Repeat(new string('y', 150), 3)), "# heading\n\n| a | b |\n|---|---|\n| `c:` | d |",
        ];
        var document = new JsonObject
        {
            ["texts"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]),
            ["names"] = new JsonObject(texts.Select(text => KeyValuePair.Create(text, (JsonNode?)text))),
            ["others"] = new JsonArray(1, -1.5, true, false, null, long.MaxValue, new JsonObject(), new JsonArray()),
        };

        var read = (await Node.AskAsync(Questions.Yaml(YamlText.Write(document))))[0]!;

        Assert.Equal(texts, read["texts"]!.AsArray().Select(text => text!.GetValue<string>()));
        Assert.Equal(texts.Order(StringComparer.Ordinal), read["names"]!.AsObject().Select(name => name.Key).Order(StringComparer.Ordinal));
        Assert.Equal("[1,-1.5,true,false,null", read["others"]!.ToJsonString()[..23]);
        Assert.EndsWith(",{},[]]", read["others"]!.ToJsonString(), StringComparison.Ordinal);
    }
}
