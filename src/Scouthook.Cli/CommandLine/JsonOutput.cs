using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scouthook.Cli.CommandLine;

/// <summary>Writes output for programs: one JSON value on a single line.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(object value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Options));
}
