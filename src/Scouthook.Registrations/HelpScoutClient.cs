using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Scouthook.Registrations.Connecting;
using Scouthook.Registrations.Model;

namespace Scouthook.Registrations;

/// <summary>Manages the webhook registrations of one Help Scout account.</summary>
/// <remarks>
/// Thread-safe, and meant to be kept: it holds the access token, which is requested once however many calls are
/// waiting, and replaced shortly before it expires or once after Help Scout has rejected it. A <c>429</c> is waited for
/// as long as Help Scout says, a limited number of times. Calls that are safe to repeat are repeated a few times after
/// a <c>5xx</c> or a lost connection; a creation is not, because it may have been carried out.
/// </remarks>
public sealed class HelpScoutClient
{
    private const string Webhooks = "v2/webhooks";
    private const int MostPages = 1_000;

    private readonly ApiSender _sender;
    private readonly AccessTokenCache _tokens;

    /// <summary>Creates a client for one account.</summary>
    /// <param name="createHttpClient">Creates an HTTP client for one call, such as <c>IHttpClientFactory.CreateClient</c>.</param>
    /// <param name="credentials">The credentials of an app in that account.</param>
    /// <param name="timeProvider">The clock that waits and the expiry of tokens go by.</param>
    public HelpScoutClient(Func<HttpClient> createHttpClient, HelpScoutCredentials credentials, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(createHttpClient);
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(timeProvider);

        Credentials = credentials;
        _sender = new ApiSender(createHttpClient, timeProvider);
        _tokens = new AccessTokenCache(_sender, credentials, timeProvider);
    }

    /// <summary>The credentials this client uses.</summary>
    public HelpScoutCredentials Credentials { get; }

    /// <summary>Lists all registrations of the account, including those of other programs.</summary>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The registrations of all pages, each once.</returns>
    /// <exception cref="HelpScoutApiException">The call failed.</exception>
    public async Task<IReadOnlyList<WebhookRegistration>> ListAsync(CancellationToken cancellationToken = default)
    {
        var found = new Dictionary<long, WebhookRegistration>();
        for (var page = 1; page <= MostPages; page++)
        {
            using var response = await CallAsync(
                HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{Webhooks}?page={page}"), null, cancellationToken)
                .ConfigureAwait(false);
            var answer = await JsonAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false);
            if (JsonAnswer.Member(answer, "page") is not { } pages)
            {
                throw JsonAnswer.Unreadable(response);
            }

            // Help Scout omits _embedded if there are none.
            var items = JsonAnswer.Member(answer, "_embedded") is { } embedded ? [.. JsonAnswer.Items(embedded, "webhooks")] : Array.Empty<JsonElement>();
            foreach (var registration in items.Select(RegistrationJson.Read).OfType<WebhookRegistration>())
            {
                found.TryAdd(registration.Id, registration);
            }

            if (items.Length == 0 || page >= (JsonAnswer.Number(pages, "totalPages") ?? 1))
            {
                break;
            }
        }

        return [.. found.Values];
    }

    /// <summary>Reads one registration.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The registration; <see langword="null"/> if there is none with that id.</returns>
    /// <exception cref="HelpScoutApiException">The call failed.</exception>
    public async Task<WebhookRegistration?> GetAsync(long id, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(HttpMethod.Get, PathOf(id), null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        await ThrowUnlessSuccessfulAsync(response, null, cancellationToken).ConfigureAwait(false);
        return RegistrationJson.Read(await JsonAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false))
            ?? throw JsonAnswer.Unreadable(response);
    }

    /// <summary>Creates a registration.</summary>
    /// <param name="request">The registration, with the secret that Help Scout will sign with.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The id of the new registration.</returns>
    /// <exception cref="HelpScoutApiException">
    /// The call failed. If <see cref="HelpScoutApiException.StatusCode"/> is <see langword="null"/> or a server error,
    /// the registration may exist nevertheless; list the registrations before you try again.
    /// </exception>
    public async Task<long> CreateAsync(RegistrationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        using var response = await CallAsync(HttpMethod.Post, Webhooks, request, cancellationToken).ConfigureAwait(false);

        // The body of the response is empty.
        return response.Headers.TryGetValues("Resource-ID", out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new HelpScoutApiException(
                "Help Scout created the registration but did not return its id. List the registrations to find it.", response.StatusCode);
    }

    /// <summary>Replaces a registration as a whole, including its secret.</summary>
    /// <param name="id">The id of the registration.</param>
    /// <param name="request">The complete registration.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when Help Scout has carried it out.</returns>
    /// <exception cref="HelpScoutApiException">The call failed.</exception>
    public async Task UpdateAsync(long id, RegistrationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        using var response = await CallAsync(HttpMethod.Put, PathOf(id), request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes a registration.</summary>
    /// <param name="id">The id of the registration.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns><see langword="true"/> if it was deleted, <see langword="false"/> if there is none with that id.</returns>
    /// <exception cref="HelpScoutApiException">The call failed.</exception>
    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken = default)
    {
        var (response, hasRepeated) = await SendAuthorizedAsync(HttpMethod.Delete, PathOf(id), null, cancellationToken).ConfigureAwait(false);
        using (response)
        {
            if (response.StatusCode is HttpStatusCode.NotFound)
            {
                // After a call without an answer, the registration is missing because that call deleted it.
                return hasRepeated;
            }

            await ThrowUnlessSuccessfulAsync(response, null, cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    private static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{Webhooks}/{id}");

    private async Task<HttpResponseMessage> CallAsync(
        HttpMethod method, string path, RegistrationRequest? body, CancellationToken cancellationToken)
    {
        var response = await SendAsync(method, path, body, cancellationToken).ConfigureAwait(false);
        try
        {
            await ThrowUnlessSuccessfulAsync(response, body, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, RegistrationRequest? body, CancellationToken cancellationToken) =>
        (await SendAuthorizedAsync(method, path, body, cancellationToken).ConfigureAwait(false)).Response;

    /// <summary>Sends with an access token, and once more with a new one if Help Scout rejects it.</summary>
    private async Task<(HttpResponseMessage Response, bool HasRepeated)> SendAuthorizedAsync(
        HttpMethod method, string path, RegistrationRequest? body, CancellationToken cancellationToken)
    {
        var token = await _tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        var sent = await SendAsync(token).ConfigureAwait(false);
        if (sent.Response.StatusCode is not HttpStatusCode.Unauthorized)
        {
            return sent;
        }

        sent.Response.Dispose();
        _tokens.Drop(token);
        token = await _tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        return await SendAsync(token).ConfigureAwait(false);

        Task<(HttpResponseMessage Response, bool HasRepeated)> SendAsync(string bearer) => _sender.SendAsync(
            () => CreateRequest(method, path, body, bearer), isIdempotent: method != HttpMethod.Post, cancellationToken);
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, string path, RegistrationRequest? body, string token)
    {
        var request = new HttpRequestMessage(method, ApiAddress.Of(Credentials, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
        {
            request.Content = new StringContent(RegistrationJson.Write(body).ToJsonString(), Encoding.UTF8, "application/json");
        }

        return request;
    }

    private async Task ThrowUnlessSuccessfulAsync(
        HttpResponseMessage response, RegistrationRequest? body, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var token = response.RequestMessage?.Headers.Authorization?.Parameter ?? "";
            throw await ErrorReader.ReadAsync(
                response, [Credentials.ClientSecret, token, body?.Secret ?? ""], cancellationToken).ConfigureAwait(false);
        }
    }
}
