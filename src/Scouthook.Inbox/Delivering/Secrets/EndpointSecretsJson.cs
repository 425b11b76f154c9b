using System.Buffers;
using System.Text.Json;

namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>The stored form of an endpoint's secrets. Not encrypted here: the caller does that.</summary>
internal static class EndpointSecretsJson
{
    private const string Current = "current";
    private const string Earlier = "earlier";
    private const string EndsAt = "endsAt";
    private const string Text = "text";
    private const string Standard = "standard";

    // Written by versions that kept one earlier secret.
    private const string Previous = "previous";
    private const string GraceEndsAt = "graceEndsAt";

    public static byte[] Write(EndpointSecrets secrets)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(Current);
            Write(writer, secrets.Current);
            writer.WriteEndObject();
            if (secrets.Earlier.Count > 0)
            {
                writer.WriteStartArray(Earlier);
                foreach (var earlier in secrets.Earlier)
                {
                    writer.WriteStartObject();
                    Write(writer, earlier.Secret);
                    writer.WriteString(EndsAt, earlier.EndsAt);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
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
            return new EndpointSecrets(current, ReadEarlier(root));
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Not passed as inner exception: it may quote the unreadable text.
            throw new FormatException("The stored secrets of an endpoint cannot be read.");
        }
    }

    private static List<RetiringSecret> ReadEarlier(JsonElement root)
    {
        if (root.TryGetProperty(Previous, out var previous))
        {
            return [new RetiringSecret(ReadSecret(previous), root.GetProperty(GraceEndsAt).GetDateTimeOffset())];
        }

        return root.TryGetProperty(Earlier, out var earlier)
            ? [.. earlier.EnumerateArray().Select(
                secret => new RetiringSecret(ReadSecret(secret), secret.GetProperty(EndsAt).GetDateTimeOffset()))]
            : [];
    }

    private static void Write(Utf8JsonWriter writer, EndpointSecret secret)
    {
        writer.WriteString(Text, secret.Text);
        if (secret.StandardText != secret.Text)
        {
            writer.WriteString(Standard, secret.StandardText);
        }
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
