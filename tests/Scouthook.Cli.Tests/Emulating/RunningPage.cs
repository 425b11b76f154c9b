using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Scouthook.Cli.Emulating;
using Scouthook.Testing;

namespace Scouthook.Cli.Tests.Emulating;

/// <summary>The page of a local Help Scout, called as the browser calls it.</summary>
internal sealed class RunningPage : IAsyncDisposable
{
    private readonly LocalHelpScout _helpScout;

    private RunningPage(LocalHelpScout helpScout)
    {
        _helpScout = helpScout;
        Client = new HttpClient { BaseAddress = helpScout.Emulator.Address };
        Client.DefaultRequestHeaders.Add("Origin", helpScout.Emulator.Address.GetLeftPart(UriPartial.Authority));
    }

    public HttpClient Client { get; }

    public HelpScoutEmulator Emulator => _helpScout.Emulator;

    public LocalHelpScout HelpScout => _helpScout;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<RunningPage> StartAsync() =>
        new(await LocalHelpScout.StartAsync(_ => { }, Cancelled));

    /// <summary>Posts a change, and returns the names of the events that it raised.</summary>
    public async Task<string[]> PostAsync(string path, object request)
    {
        using var response = await Client.PostAsJsonAsync(path, request, Cancelled);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.True(response.StatusCode is HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {answer}");
        return [.. answer.GetProperty("events").EnumerateArray().Select(name => name.GetString()!)];
    }

    /// <summary>Posts a change that is refused, and returns the status and the message.</summary>
    public async Task<(HttpStatusCode Status, string Message)> PostRefusedAsync(string path, object request)
    {
        using var response = await Client.PostAsJsonAsync(path, request, Cancelled);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        return (response.StatusCode, answer.GetProperty("message").GetString()!);
    }

    public Task<JsonElement> ReadAsync() => Client.GetFromJsonAsync<JsonElement>("page/state", Cancelled);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _helpScout.DisposeAsync();
    }
}
