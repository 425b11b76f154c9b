using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering.Destinations;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Model;

namespace Scouthook.Management.Services;

/// <summary>Validates the members that a caller sets on an endpoint, and applies them.</summary>
/// <remarks>
/// Everything is validated before the store is accessed: <see cref="Apply"/> runs inside the transaction that changes
/// the endpoint, where nothing can be rejected.
/// </remarks>
internal sealed class EndpointValidator(DestinationProviders destinations)
{
    public const double MinTimeoutSeconds = 0.1;
    public const double MaxTimeoutSeconds = 3_600;

    /// <returns>The first invalid member; <see langword="null"/> if all are valid.</returns>
    public InvalidMember? Validate(EndpointRequest request) => FirstInvalid(request);

    /// <summary>Validates a new endpoint, whose URL is required.</summary>
    public bool TryCreate(
        EndpointRequest request,
        [NotNullWhen(true)] out EndpointDefinition? definition,
        out StartPosition start,
        out InvalidMember invalid)
    {
        definition = null;
        if (!EndpointRules.TryReadStart(request.StartFrom, out start))
        {
            invalid = new InvalidMember("startFrom", EndpointRules.StartRule);
            return false;
        }

        if (!EndpointRules.TryReadUrl(request.Url, out var url, out var urlProblem))
        {
            invalid = new InvalidMember("url", urlProblem);
            return false;
        }

        if (FirstInvalid(request) is { } wrong)
        {
            invalid = wrong;
            return false;
        }

        definition = Apply(request, new EndpointDefinition { Name = url.Host, Kind = EndpointKind.Http, Url = url });
        invalid = EndpointRules.NameProblem(definition.Name) is { } nameProblem ? new InvalidMember("name", nameProblem) : default;
        return invalid == default;
    }

    /// <summary>Reads the secret of the request, or generates one.</summary>
    public static bool TryReadSecret(
        string? text, [NotNullWhen(true)] out EndpointSecret? secret, out InvalidMember invalid)
    {
        invalid = default;
        if (text is null)
        {
            secret = EndpointSecret.Generate();
            return true;
        }

        if (EndpointSecret.TryCreate(text, out secret, out var problem))
        {
            return true;
        }

        invalid = new InvalidMember("secret", problem);
        return false;
    }

    /// <summary>Applies valid members; the others stay unchanged.</summary>
    public static EndpointDefinition Apply(EndpointRequest request, EndpointDefinition definition) => definition with
    {
        Name = request.Name ?? definition.Name,
        Url = request.Url is { } url && EndpointRules.TryReadUrl(url, out var read, out _) ? read : definition.Url,
        Events = request.Events ?? definition.Events,
        MailboxIds = request.MailboxIds ?? definition.MailboxIds,
        Ordering = request.Ordering is { } ordering && EndpointRules.TryReadOrdering(ordering, out var known)
            ? known
            : definition.Ordering,
        Timeout = request.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : definition.Timeout,
        Concurrency = (int?)request.Concurrency ?? definition.Concurrency,
        States = request.IncludeUnreadable switch
        {
            true => definition.States | EventStates.Unreadable,
            false => definition.States & ~EventStates.Unreadable,
            null => definition.States,
        },
    };

    private InvalidMember? FirstInvalid(EndpointRequest request)
    {
        if (request.Url is { } text && UrlProblem(text) is { } urlProblem)
        {
            return new InvalidMember("url", urlProblem);
        }

        if (request.Name is { } name && EndpointRules.NameProblem(name) is { } nameProblem)
        {
            return new InvalidMember("name", nameProblem);
        }

        if (request.Ordering is { } ordering && !EndpointRules.TryReadOrdering(ordering, out _))
        {
            return new InvalidMember("ordering", EndpointRules.OrderingRule);
        }

        if (request.Events is { Count: 0 })
        {
            return new InvalidMember("events", "must contain at least one; * is every Help Scout event.");
        }

        if (request.Events?.All(EventPattern.IsValid) == false)
        {
            return new InvalidMember("events", EndpointRules.PatternRule);
        }

        return RangeProblem(request.TimeoutSeconds, MinTimeoutSeconds, MaxTimeoutSeconds) is { } timeoutProblem
            ? new InvalidMember("timeoutSeconds", timeoutProblem)
            : ConcurrencyProblem(request.Concurrency) is { } concurrencyProblem
                ? new InvalidMember("concurrency", concurrencyProblem)
                : null;
    }

    private string? UrlProblem(string text) => EndpointRules.TryReadUrl(text, out var url, out var problem)
        ? destinations.For(EndpointKind.Http).Validate(new EndpointDefinition { Name = "", Kind = EndpointKind.Http, Url = url })
        : problem;

    private static string? ConcurrencyProblem(double? concurrency) =>
        RangeProblem(concurrency, 1, DeliverySettingsReader.LargestConcurrency)
        ?? (concurrency is { } number && number != Math.Truncate(number) ? "must be a whole number." : null);

    private static string? RangeProblem(double? value, double min, double max) => value is { } number && !(number >= min && number <= max)
        ? string.Create(CultureInfo.InvariantCulture, $"must be a number from {min} to {max}.")
        : null;
}
