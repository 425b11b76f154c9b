using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Scouthook.Gateway.Api.Describing;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Delivering;
using Scouthook.Inbox.Model;

namespace Scouthook.Gateway.Api;

/// <summary>What an endpoint is to be, as the body of a request says.</summary>
internal sealed record EndpointWish(EndpointDefinition Definition, EndpointSecret Secret, StartPosition Start)
{
    /// <summary>What a change may give.</summary>
    public static IReadOnlyList<ApiInput> Changeable { get; } =
    [
        new("name", "Its name, unlike all others; usually the host of the URL."),
        new("url", "Where to post to: absolute, http or https."),
        new("events", "Which events: names, families or patterns (`convo.tags`, `conversations`, `convo.*`, `*`, `scouthook.*`); usually `*`.") { IsList = true },
        new("mailboxIds", "Only events of these inboxes at Help Scout; empty: of all.") { IsList = true, Kind = ApiInputKind.Whole },
        new("ordering", "`resource`: events of one resource in their order; `strict`: a dead letter also holds later ones; `none`.")
        {
            Values = [.. Enum.GetValues<EndpointOrdering>().Select(Contracts.DeliveryText.From)],
        },
        new("timeoutSeconds", "How long an answer may take.")
        {
            Kind = ApiInputKind.Number, Least = EndpointPatch.MinTimeoutSeconds, Most = EndpointPatch.MaxTimeoutSeconds,
        },
        new("concurrency", "How many deliveries may be under way at once.")
        {
            Kind = ApiInputKind.Whole, Least = 1, Most = DeliverySettingsReader.LargestConcurrency,
        },
        new("includeUnreadable", "Whether it also gets events whose body is not what their name promises; usually true.")
        {
            Kind = ApiInputKind.Flag,
        },
    ];

    /// <summary>What a new secret may be.</summary>
    public static ApiInput SecretInput { get; } = new(
        "secret", "What its deliveries are signed with: `whsec_` and base64, or any other text; one is made if none is given.");

    /// <summary>What a creation may give.</summary>
    public static IReadOnlyList<ApiInput> Creatable { get; } =
    [
        .. Changeable.Select(input => input.Name == "url" ? input with { IsRequired = true } : input),
        SecretInput,
        new("startFrom", "The first event that it gets: `now` (usual), `beginning`, or an instant."),
    ];

    public static async Task<(EndpointWish? Wish, ProblemHttpResult? Problem)> ReadAsync(
        HttpRequest request, DeliverySettings settings, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, Creatable, cancellationToken);
        if (body is null)
        {
            return (null, problem);
        }

        if (!EndpointRules.TryReadUrl(body.Text("url"), out var url, out var urlProblem))
        {
            body.Fail("url", urlProblem);
        }

        if (!EndpointRules.TryReadStart(body.Text("startFrom"), out var start))
        {
            body.Fail("startFrom", EndpointRules.StartRule);
        }

        var definition = EndpointPatch.Read(body, settings).ApplyTo(
            new EndpointDefinition { Name = url?.Host ?? "", Kind = EndpointKind.Http, Url = url });
        if (url is not null && EndpointRules.NameProblem(definition.Name) is { } nameProblem)
        {
            body.Fail("name", nameProblem);
        }

        var secret = SecretOf(body);
        return body.Problem is { } wrong ? (null, wrong) : (new EndpointWish(definition, secret, start), null);
    }

    /// <summary>Reads the members to change; those that are not given stay as they are.</summary>
    public static async Task<(EndpointPatch? Patch, ProblemHttpResult? Problem)> ReadChangeAsync(
        HttpRequest request, DeliverySettings settings, CancellationToken cancellationToken)
    {
        var (body, problem) = await BodyReader.ReadAsync(request, Changeable, cancellationToken);
        if (body is null)
        {
            return (null, problem);
        }

        var patch = EndpointPatch.Read(body, settings);
        return body.Problem is { } wrong ? (null, wrong) : (patch, null);
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
