using System.Text.Json;
using System.Text.Json.Nodes;
using Scouthook.Testing.Emulating.Http;

namespace Scouthook.Testing;

/// <summary>Reads and writes webhooks as the API does.</summary>
/// <remarks>
/// Source: <c>/mailbox-api/endpoints/webhooks</c>. Which members are required is documented; the texts of the errors are not.
/// </remarks>
internal static class WebhookJson
{
    private const int MaxSecretLength = 40;

    private static readonly string[] Versions = ["V2", "V3"];
    private static readonly string[] States = ["enabled", "disabled"];

    /// <summary>Reads the body of a <c>POST</c> or <c>PUT</c>.</summary>
    /// <param name="json">The body.</param>
    /// <param name="enforceSecretLength">Rejects a secret of more than 40 characters.</param>
    /// <param name="errors">Every mistake.</param>
    /// <param name="isEnabled">The value of <c>state</c>, if there is one.</param>
    /// <returns>The webhook, or <see langword="null"/> if there are mistakes.</returns>
    public static WebhookDefinition? Read(
        JsonObject json, bool enforceSecretLength, out List<FieldError> errors, out bool? isEnabled)
    {
        errors = [];
        var url = ReadText(json, "url", errors, isRequired: true);
        if (url is { Length: > 0 } && !IsAddress(url))
        {
            errors.Add(new("url", "URL", "must be a valid URL", url));
        }

        var secret = ReadText(json, "secret", errors, isRequired: true);
        if (enforceSecretLength && secret is { Length: > MaxSecretLength })
        {
            errors.Add(new("secret", "Size", $"size must be between 1 and {MaxSecretLength}"));
        }

        var version = ReadChoice(json, "payloadVersion", Versions, errors);
        var state = ReadChoice(json, "state", States, errors);
        var label = ReadText(json, "label", errors);
        var notification = ReadFlag(json, "notification", errors);
        var events = ReadEvents(json, errors);
        var mailboxIds = ReadMailboxIds(json, errors);
        isEnabled = state is null ? null : state == "enabled";
        return errors.Count > 0 ? null : new WebhookDefinition
        {
            Url = url!,
            Secret = secret!,
            Events = events,
            MailboxIds = mailboxIds,
            Notification = notification,
            Label = label,
            PayloadVersion = version,
        };
    }

    public static JsonObject Write(EmulatedWebhook webhook, Uri address)
    {
        var json = new JsonObject
        {
            ["id"] = webhook.Id,
            ["url"] = webhook.Url,
            ["state"] = webhook.IsEnabled ? "enabled" : "disabled",
            ["events"] = new JsonArray([.. webhook.Events.Select(name => (JsonNode)name)]),
            ["notification"] = webhook.Notification,
            ["payloadVersion"] = webhook.PayloadVersion,
            ["mailboxIds"] = new JsonArray([.. webhook.MailboxIds.Select(id => (JsonNode)id)]),
        };
        if (webhook.Label is not null)
        {
            json["label"] = webhook.Label;
        }

        json["_links"] = new JsonObject
        {
            ["self"] = new JsonObject { ["href"] = new Uri(address, $"v2/webhooks/{webhook.Id}").AbsoluteUri },
        };
        return json;
    }

    public static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static string? ReadText(JsonObject json, string name, List<FieldError> errors, bool isRequired = false)
    {
        var value = json[name];
        if (value is not null && value.GetValueKind() is not JsonValueKind.String)
        {
            errors.Add(new(name, "Type", "must be a string"));
            return null;
        }

        var text = value?.GetValue<string>();
        if (isRequired && string.IsNullOrWhiteSpace(text))
        {
            errors.Add(FieldError.Missing(name));
        }

        return text;
    }

    private static string? ReadChoice(JsonObject json, string name, string[] values, List<FieldError> errors)
    {
        var text = ReadText(json, name, errors);
        if (text is not null && !values.Contains(text))
        {
            errors.Add(FieldError.NotAmong(name, values, text));
        }

        return text;
    }

    private static bool ReadFlag(JsonObject json, string name, List<FieldError> errors)
    {
        var value = json[name];
        if (value is not null && value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            errors.Add(new(name, "Type", "must be true or false", value));
            return false;
        }

        return value?.GetValue<bool>() ?? false;
    }

    private static List<string> ReadEvents(JsonObject json, List<FieldError> errors)
    {
        if (json["events"] is not JsonArray { Count: > 0 } items)
        {
            errors.Add(FieldError.Missing("events"));
            return [];
        }

        var names = new List<string>();
        foreach (var item in items)
        {
            if (item?.GetValueKind() is JsonValueKind.String && AcceptedEvents.Contains(item.GetValue<string>()))
            {
                names.Add(item.GetValue<string>());
            }
            else
            {
                errors.Add(FieldError.NotAmong("events", AcceptedEvents.Names, item));
            }
        }

        return [.. names.Distinct()];
    }

    private static List<long> ReadMailboxIds(JsonObject json, List<FieldError> errors)
    {
        var ids = new List<long>();
        if (json["mailboxIds"] is not { } value)
        {
            return ids;
        }

        if (value is not JsonArray items)
        {
            errors.Add(new("mailboxIds", "Type", "must be an array of numbers", value));
            return ids;
        }

        foreach (var item in items)
        {
            if (item?.GetValueKind() is JsonValueKind.Number && item.AsValue().TryGetValue(out long id) && id > 0)
            {
                ids.Add(id);
            }
            else
            {
                errors.Add(new("mailboxIds", "InvalidIdentifier", "must be a valid identifier", item));
            }
        }

        return ids;
    }
}
