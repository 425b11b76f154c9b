using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>The members of an endpoint that a request gives; the others stay as they are.</summary>
/// <remarks>
/// Read and checked before anything is looked up: <see cref="ApplyTo"/> runs inside the transaction that changes the
/// endpoint, where there is no request to read and nothing to refuse any more.
/// </remarks>
internal sealed record EndpointPatch
{
    public const double MinTimeoutSeconds = 0.1;
    public const double MaxTimeoutSeconds = 3_600;

    private string? Name { get; init; }

    private Uri? Url { get; init; }

    private IReadOnlyList<string>? Events { get; init; }

    private IReadOnlyList<long>? MailboxIds { get; init; }

    private EndpointOrdering? Ordering { get; init; }

    private TimeSpan? Timeout { get; init; }

    private int? Concurrency { get; init; }

    private bool? IncludeUnreadable { get; init; }

    /// <summary>Reads the members; mistakes are in <see cref="BodyReader.Problem"/>.</summary>
    public static EndpointPatch Read(BodyReader body, DeliverySettings settings)
    {
        Uri? url = null;
        if (body.Text("url") is { } urlText)
        {
            if (!EndpointRules.TryReadUrl(urlText, out url, out var urlProblem))
            {
                body.Fail("url", urlProblem);
            }
            else if (DestinationRule.WhyRefused(url, settings) is { } refused)
            {
                body.Fail("url", refused);
            }
        }

        var name = body.Text("name");
        if (name is not null && EndpointRules.NameProblem(name) is { } nameProblem)
        {
            body.Fail("name", nameProblem);
        }

        EndpointOrdering? ordering = null;
        if (body.Text("ordering") is { } text)
        {
            ordering = EndpointRules.TryReadOrdering(text, out var known) ? known : null;
            if (ordering is null)
            {
                body.Fail("ordering", EndpointRules.OrderingRule);
            }
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

        return new EndpointPatch
        {
            Name = name,
            Url = url,
            Events = events,
            MailboxIds = body.Numbers("mailboxIds", "must be numbers of inboxes in Help Scout."),
            Ordering = ordering,
            Timeout = body.Number("timeoutSeconds", MinTimeoutSeconds, MaxTimeoutSeconds) is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : null,
            Concurrency = (int?)concurrency,
            IncludeUnreadable = body.Flag("includeUnreadable"),
        };
    }

    public EndpointDefinition ApplyTo(EndpointDefinition definition) => definition with
    {
        Name = Name ?? definition.Name,
        Url = Url ?? definition.Url,
        Events = Events ?? definition.Events,
        MailboxIds = MailboxIds ?? definition.MailboxIds,
        Ordering = Ordering ?? definition.Ordering,
        Timeout = Timeout ?? definition.Timeout,
        Concurrency = Concurrency ?? definition.Concurrency,
        States = IncludeUnreadable switch
        {
            true => definition.States | EventStates.Unreadable,
            false => definition.States & ~EventStates.Unreadable,
            null => definition.States,
        },
    };
}
