using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>What a new endpoint is to be, as the body of a request says.</summary>
internal sealed record EndpointWish(EndpointDefinition Definition, EndpointSecret Secret, StartPosition Start)
{
    private const double MaxTimeoutSeconds = 3_600;

    private static readonly string[] Members =
    [
        "name", "url", "events", "mailboxIds", "ordering", "timeoutSeconds", "concurrency", "includeUnreadable", "secret",
        "startFrom",
    ];

    public static async Task<(EndpointWish? Wish, ProblemHttpResult? Problem)> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, Members, cancellationToken);
        if (body is null)
        {
            return (null, problem);
        }

        if (!EndpointRules.TryReadUrl(body.Text("url"), out var url, out var urlProblem))
        {
            body.Fail("url", urlProblem);
        }

        var name = body.Text("name") ?? url?.Host ?? "";
        if (EndpointRules.NameProblem(name) is { } nameProblem)
        {
            body.Fail("name", nameProblem);
        }

        var ordering = EndpointOrdering.Resource;
        if (body.Text("ordering") is { } text && !EndpointRules.TryReadOrdering(text, out ordering))
        {
            body.Fail("ordering", EndpointRules.OrderingRule);
        }

        if (!EndpointRules.TryReadStart(body.Text("startFrom"), out var start))
        {
            body.Fail("startFrom", EndpointRules.StartRule);
        }

        var events = body.Texts("events", EventPattern.IsValid, EndpointRules.PatternRule);
        if (events is { Count: 0 })
        {
            body.Fail("events", "must name at least one; * is every Help Scout event.");
        }

        var concurrency = body.Number("concurrency", 1, DeliverySettingsReader.LargestConcurrency);
        if (concurrency is { } number && number != Math.Truncate(number))
        {
            body.Fail("concurrency", "must be a whole number.");
        }

        var definition = new EndpointDefinition
        {
            Name = name,
            Kind = EndpointKind.Http,
            Url = url,
            Events = events ?? [EventPattern.Everything],
            MailboxIds = body.Numbers("mailboxIds", "must be numbers of inboxes at Help Scout.") ?? [],
            Ordering = ordering,
            Timeout = body.Number("timeoutSeconds", 0.1, MaxTimeoutSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Concurrency = (int?)concurrency,
            States = body.Flag("includeUnreadable") ?? true ? EventStates.All : EventStates.All & ~EventStates.Unreadable,
        };
        var secret = SecretOf(body);
        return body.Problem is { } wrong ? (null, wrong) : (new EndpointWish(definition, secret, start), null);
    }

    /// <summary>The secret that is given, or one made for it.</summary>
    public static EndpointSecret SecretOf(BodyReader body)
    {
        if (body.Text("secret") is not { } text)
        {
            return EndpointSecret.Generate();
        }

        if (EndpointSecret.TryCreate(text, out var secret, out var problem))
        {
            return secret;
        }

        body.Fail("secret", problem);
        return EndpointSecret.Generate();
    }

    /// <summary>Prints no secret.</summary>
    public override string ToString() => Definition.Name;
}
