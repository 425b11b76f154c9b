using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Scouthook.Testing.Tests.Support;

/// <summary>A client of the API of the emulator, over a real connection.</summary>
internal sealed class ApiClient(HelpScoutEmulator helpScout) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        BaseAddress = helpScout.Address,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A webhook as JSON, with everything that is required.</summary>
    public static JsonObject Webhook => new()
    {
        ["url"] = "https://example.com/webhook",
        ["secret"] = "a-secret-for-tests",
        ["events"] = new JsonArray("convo.created"),
    };

    /// <summary>Connects, and gets a token.</summary>
    public static async Task<ApiClient> ConnectAsync(HelpScoutEmulator helpScout)
    {
        var client = new ApiClient(helpScout);
        await client.SignInAsync(helpScout);
        return client;
    }

    public async Task SignInAsync(HelpScoutEmulator helpScout)
    {
        using var response = await PostAsync("v2/oauth2/token", new JsonObject
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = helpScout.ClientId,
            ["client_secret"] = helpScout.ClientSecret,
        });
        Authorize((string)(await JsonAsync(response))["access_token"]!);
    }

    public void Authorize(string token) => _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path, Cancellation);

    public async Task<JsonNode> GetJsonAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}");
        return await JsonAsync(response);
    }

    public Task<HttpResponseMessage> PostAsync(string path, JsonNode body) => _client.PostAsync(path, Json(body), Cancellation);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent? content) => _client.PostAsync(path, content, Cancellation);

    public Task<HttpResponseMessage> PutAsync(string path, JsonNode body) => _client.PutAsync(path, Json(body), Cancellation);

    public Task<HttpResponseMessage> DeleteAsync(string path) => _client.DeleteAsync(path, Cancellation);

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;

    public void Dispose() => _client.Dispose();

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}
