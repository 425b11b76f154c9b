using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Connecting;

/// <summary>The JSON of a registration, as documented for <c>/v2/webhooks</c>.</summary>
internal static class RegistrationJson
{
    /// <returns>The registration; <see langword="null"/> if it has no id or no URL.</returns>
    public static WebhookRegistration? Read(JsonElement json) =>
        JsonAnswer.Number(json, "id") is { } id && JsonAnswer.Text(json, "url") is { } url
            ? new WebhookRegistration
            {
                Id = id,
                Url = url,
                Events = [.. JsonAnswer.Items(json, "events").Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)],
                State = JsonAnswer.Text(json, "state") ?? RegistrationState.Enabled,
                Label = JsonAnswer.Text(json, "label") is { Length: > 0 } label ? label : null,
                PayloadVersion = JsonAnswer.Text(json, "payloadVersion") is { Length: > 0 } version ? version : PayloadVersions.V2,
                Notification = JsonAnswer.Flag(json, "notification"),
                MailboxIds = [.. JsonAnswer.Items(json, "mailboxIds").Where(IsId).Select(item => item.GetInt64())],
            }
            : null;

    public static JsonObject Write(RegistrationRequest request)
    {
        var json = new JsonObject
        {
            ["url"] = request.Url,
            ["events"] = new JsonArray([.. request.Events.Select(name => JsonValue.Create(name))]),
            ["secret"] = request.Secret,
            ["notification"] = request.Notification,
            ["mailboxIds"] = new JsonArray([.. request.MailboxIds.Select(id => JsonValue.Create(id))]),
        };
        foreach (var (name, value) in new[]
        {
            ("state", request.State), ("label", request.Label), ("payloadVersion", request.PayloadVersion),
        })
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        return json;
    }

    private static bool IsId(JsonElement item) => item.ValueKind is JsonValueKind.Number && item.TryGetInt64(out _);
}
