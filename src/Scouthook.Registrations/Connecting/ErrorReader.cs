using System.Globalization;
using System.Net;
using System.Text.Json;
using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Connecting;

/// <summary>Turns an error response into an exception that says what to do.</summary>
/// <remarks>
/// The format is documented at <c>https://developer.helpscout.com/mailbox-api/overview/errors/</c>. Its
/// <c>rejectedValue</c> is never read, and secrets that Help Scout might quote are removed from its messages.
/// </remarks>
internal static class ErrorReader
{
    /// <summary>Enough for the list of all event names, which Help Scout may return for an unknown one.</summary>
    private const int LongestText = 1000;

    /// <summary>Shorter secrets also occur inside ordinary words.</summary>
    private const int ShortestRemovedSecret = 4;


    public static async Task<HelpScoutApiException> ReadAsync(
        HttpResponseMessage response, IReadOnlyList<string> secrets, CancellationToken cancellationToken)
    {
        var answer = await JsonAnswer.TryReadAsync(response, cancellationToken).ConfigureAwait(false);
        var errors = answer is { } json ? FieldErrors(json, secrets) : [];
        var said = answer is { } body && JsonAnswer.Text(body, "message") is { Length: > 0 } text ? Clean(text, secrets) : null;
        var message = $"{WhatFailed(response)} {Advice(response, said)}{string.Concat(errors.Select(error => $" {error.Path}: {error.Message.TrimEnd('.')}."))}";
        return new HelpScoutApiException(message.TrimEnd(), response.StatusCode, errors, CorrelationId(response));
    }

    public static async Task<HelpScoutApiException> ReadTokenErrorAsync(
        HttpResponseMessage response, HelpScoutCredentials credentials)
    {
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized)
        {
            return new HelpScoutApiException(
                $"{WhatFailed(response)} The client id or the client secret is wrong, or the user of the app is not active. "
                + "Compare them with Your Profile > My Apps in Help Scout.",
                response.StatusCode,
                correlationId: CorrelationId(response));
        }

        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
        {
            return new HelpScoutApiException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{credentials.Api.GetLeftPart(UriPartial.Authority)} responded with {(int)response.StatusCode}. Is this the address of Help Scout's API?"),
                response.StatusCode,
                correlationId: CorrelationId(response));
        }

        return await ReadAsync(response, [credentials.ClientSecret], CancellationToken.None).ConfigureAwait(false);
    }

    private static List<HelpScoutFieldError> FieldErrors(JsonElement answer, IReadOnlyList<string> secrets) =>
        JsonAnswer.Member(answer, "_embedded") is { } embedded
            ? [.. JsonAnswer.Items(embedded, "errors").Select(error => new HelpScoutFieldError(
                Clean(JsonAnswer.Text(error, "path") ?? "", secrets), Clean(JsonAnswer.Text(error, "message") ?? "", secrets)))]
            : [];

    private static string WhatFailed(HttpResponseMessage response) =>
        string.Create(CultureInfo.InvariantCulture, $"Help Scout responded with {(int)response.StatusCode}.");

    private static string Advice(HttpResponseMessage response, string? said) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized =>
            "It rejected a new access token. The user of the app must be active and have accepted the invitation.",
        HttpStatusCode.Forbidden => "The account's plan may not include the API, or the user of the app lacks permission.",
        HttpStatusCode.NotFound => "There is no such registration.",
        HttpStatusCode.TooManyRequests => "The rate limit of the account is exhausted. Try again in a minute.",
        _ => said is null ? "" : $"{said.TrimEnd('.')}.",
    };

    private static string? CorrelationId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Correlation-Id", out var values) ? Clean(values.First(), []) : null;

    private static string Clean(string text, IReadOnlyList<string> secrets)
    {
        foreach (var secret in secrets.Where(secret => secret.Length >= ShortestRemovedSecret))
        {
            text = text.Replace(secret, "(secret)", StringComparison.Ordinal);
        }

        var shown = text.Length > LongestText ? $"{text[..LongestText]}…" : text;
        return string.Concat(shown.Select(character => char.IsControl(character) ? ' ' : character));
    }
}
