using Scouthook.Testing;

namespace Scouthook.Cli.Tests.Support;

/// <summary>An emulated Help Scout, and the tool with credentials for it.</summary>
internal sealed class EmulatedAccount : IAsyncDisposable
{
    private EmulatedAccount(HelpScoutEmulator helpScout) => HelpScout = helpScout;

    public HelpScoutEmulator HelpScout { get; }

    /// <summary>The connection as settings of a source.</summary>
    public string Connection =>
        $$"""
        "Api": "{{HelpScout.Address}}", "ClientId": "{{HelpScout.ClientId}}", "ClientSecret": "{{HelpScout.ClientSecret}}"
        """;

    public static async Task<EmulatedAccount> StartAsync() =>
        new(await HelpScoutEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken));

    /// <summary>Runs <c>scouthook webhooks</c> with credentials in the environment.</summary>
    public Task<Finished> RunAsync(params string[] arguments) => RunAsync(arguments, secret: null);

    public Task<Finished> RunAsync(string[] arguments, string? secret) => ScouthookProcess.RunAsync(
        ["webhooks", .. arguments],
        input: null,
        [.. Credentials(), .. secret is null ? Array.Empty<(string, string)>() : [("SCOUTHOOK_SECRET", secret)]]);

    /// <summary>Starts <c>scouthook webhooks</c> on a terminal.</summary>
    public ToolOnTerminal OnTerminal(params string[] arguments) => ToolOnTerminal.Start(["webhooks", .. arguments], Credentials());

    public ValueTask DisposeAsync() => HelpScout.DisposeAsync();

    private (string Name, string Value)[] Credentials() =>
    [
        ("SCOUTHOOK_HELPSCOUT_API", HelpScout.Address.AbsoluteUri),
        ("SCOUTHOOK_HELPSCOUT_CLIENT_ID", HelpScout.ClientId),
        ("SCOUTHOOK_HELPSCOUT_CLIENT_SECRET", HelpScout.ClientSecret),
    ];
}
