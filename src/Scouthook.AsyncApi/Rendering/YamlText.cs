using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Scouthook.AsyncApi.Rendering;

/// <summary>
/// Writes a document as YAML: block style, long texts folded, and quotes around all text that YAML might misread.
/// </summary>
/// <remarks>
/// YAML 1.1 readers parse <c>no</c> as a boolean and <c>2.6.0</c> as a text but <c>2.6</c> as a number. So only text
/// that cannot be anything else is left without quotes.
/// </remarks>
internal static partial class YamlText
{
    private const int Width = 110;

    // Leaves room for the indentation, so that nothing else is ever broken into lines.
    private const int LongText = 80;

    public static string Write(JsonObject root)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(
            bestIndent: 2, bestWidth: Width, isCanonical: false, maxSimpleKeyLength: 256, indentSequences: true,
            newLine: "\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(emitter, root);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Write(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                emitter.Emit(new MappingStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true,
                    members.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (name, value) in members)
                {
                    emitter.Emit(Text(name));
                    Write(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true,
                    items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in items)
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                emitter.Emit(Text(value.GetValue<string>()));
                break;
            default:
                emitter.Emit(Scalar(node?.ToJsonString() ?? "null", ScalarStyle.Plain));
                break;
        }
    }

    private static Scalar Text(string text) => Scalar(text, text switch
    {
        _ when Surprising().IsMatch(text) => ScalarStyle.DoubleQuoted,
        _ when text.Contains('\n', StringComparison.Ordinal) => ScalarStyle.Literal,
        { Length: > LongText } => ScalarStyle.Folded,
        _ when Plain().IsMatch(text) && !Misread().IsMatch(text) => ScalarStyle.Plain,
        _ => ScalarStyle.SingleQuoted,
    });

    private static Scalar Scalar(string text, ScalarStyle style) => new(
        AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true);

    // In block style only ": " and " #" have a meaning inside. Numbers and times begin with a digit; versions have two
    // dots.
    [GeneratedRegex(@"^([$/A-Za-z_]([!-9;-~]|:(?=[!-~])| (?=[!-""$-~]))*|[0-9]+\.[0-9]+\.[0-9]+)$")]
    private static partial Regex Plain();

    [GeneratedRegex("^(true|false|null|yes|no|on|off|y|n)$", RegexOptions.IgnoreCase)]
    private static partial Regex Misread();

    // Spaces at the ends of lines and control characters, which block styles lose or may not contain.
    [GeneratedRegex(@"^\s|\s$| \n|\n |[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]")]
    private static partial Regex Surprising();
}
