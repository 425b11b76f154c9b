using System.Buffers;
using System.Text.Json;

namespace Scouthook.Inbox.Delivering;

/// <summary>The form in which an endpoint's secrets are kept. Not encrypted here: whoever stores it does that.</summary>
internal static class EndpointSecretsJson
{
    private const string Current = "current";
    private const string Previous = "previous";
    private const string GraceEndsAt = "graceEndsAt";
    private const string Text = "text";
    private const string Standard = "standard";

    public static byte[] Write(EndpointSecrets secrets)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            Write(writer, Current, secrets.Current);
            if (secrets is { Previous: { } previous, GraceEndsAt: { } end })
            {
                Write(writer, Previous, previous);
                writer.WriteString(GraceEndsAt, end);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes were not written by this version or an earlier one.</exception>
    public static EndpointSecrets Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var current = ReadSecret(root.GetProperty(Current));
            return root.TryGetProperty(Previous, out var previous)
                ? new EndpointSecrets(current, ReadSecret(previous), root.GetProperty(GraceEndsAt).GetDateTimeOffset())
                : new EndpointSecrets(current);
        }
        catch (Exception problem)
            when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Not passed on as inner exception: it may quote what could not be read.
            throw new FormatException("The stored secrets of an endpoint cannot be read.");
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, EndpointSecret secret)
    {
        writer.WriteStartObject(name);
        writer.WriteString(Text, secret.Text);
        if (secret.StandardText != secret.Text)
        {
            writer.WriteString(Standard, secret.StandardText);
        }

        writer.WriteEndObject();
    }

    private static EndpointSecret ReadSecret(JsonElement element)
    {
        var text = element.GetProperty(Text).GetString();
        var standard = element.TryGetProperty(Standard, out var beside) ? beside.GetString() : text;
        return EndpointSecret.TryCreate(text, standard, out var secret, out var problem)
            ? secret
            : throw new FormatException(problem);
    }
}
