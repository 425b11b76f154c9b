using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Reconciling;
using Scouthook.Settings;

namespace Scouthook.Inbox.Configuring;

/// <summary>Validates the endpoints declared by configuration and code.</summary>
internal static class ConfiguredEndpointBuilder
{
    public static IReadOnlyList<ConfiguredEndpoint> Build(
        IDictionary<string, WebhookEndpointOptions> endpoints, DeliverySettings delivery, SettingsDraft draft) =>
        [.. endpoints.Select(endpoint => Build(endpoint.Key, endpoint.Value, delivery, draft))];

    private static ConfiguredEndpoint Build(
        string name, WebhookEndpointOptions options, DeliverySettings delivery, SettingsDraft draft)
    {
        var key = $"{InboxSection.Endpoints}:{name}";
        draft.Check($"{key}:", EndpointRules.NameProblem(name) is { } rule ? $"the name {rule}" : null);
        if (!EndpointRules.TryReadUrl(options.Url, out var url, out var urlProblem))
        {
            draft.Check($"{key}:Url", urlProblem);
        }
        else if (AddressRule.WhyRefused(url, delivery.Network) is { } refused)
        {
            draft.Check($"{key}:Url", $"is not allowed. {refused}");
        }

        foreach (var (index, pattern) in options.Events.Index())
        {
            draft.Check($"{key}:Events:{index}", EventPattern.IsValid(pattern) ? null : EndpointRules.PatternRule);
        }

        draft.Check($"{key}:Ordering", Enum.IsDefined(options.Ordering) ? null : EndpointRules.OrderingRule);
        draft.Check(
            $"{key}:Timeout",
            options.Timeout is { } timeout ? SettingsRules.DurationProblem(timeout, SettingsRules.Hour) : null);
        draft.Check(
            $"{key}:Concurrency",
            options.Concurrency is { } concurrency
                ? SettingsRules.NumberProblem(concurrency, 1, DeliverySettingsReader.LargestConcurrency)
                : null);
        if (!EndpointRules.TryReadStart(options.StartFrom, out var start))
        {
            draft.Check($"{key}:StartFrom", EndpointRules.StartRule);
        }

        var definition = new EndpointDefinition
        {
            Name = name,
            Kind = EndpointKind.Http,
            Url = url,
            Events = options.Events.Count == 0 ? [EventPattern.Everything] : [.. options.Events],
            MailboxIds = [.. options.MailboxIds],
            States = options.IncludeUnreadable ? EventStates.All : EventStates.All & ~EventStates.Unreadable,
            Ordering = options.Ordering,
            Timeout = options.Timeout,
            Concurrency = options.Concurrency,
        };
        return new ConfiguredEndpoint(new DesiredEndpoint(definition, start), Secret(key, options, draft));
    }

    private static string? Secret(string key, WebhookEndpointOptions options, SettingsDraft draft)
    {
        var text = options.Secret;
        if (options.SecretFile is { } file)
        {
            if (text is { Length: > 0 })
            {
                draft.Mistakes.Add($"{key} has both Secret and SecretFile; keep one.");
            }

            text = draft.Files.Read(file, out var problem);
            if (text is null)
            {
                draft.Mistakes.Add($"{key}:SecretFile: the file {file} {problem}.");
                return null;
            }
        }

        if (text is not null && !EndpointSecret.TryCreate(text, out _, out var wrong))
        {
            draft.Mistakes.Add($"{key}:{(options.SecretFile is null ? "Secret" : "SecretFile")}: {wrong}");
            return null;
        }

        return text;
    }
}
