using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Serving;
using Scouthook.Events;
using Scouthook.Registrations;
using Scouthook.Registrations.Model;

namespace Scouthook.Cli.Registering;

/// <summary>The options of every command that calls Help Scout's API: which account, and with which credentials.</summary>
internal sealed class AccountOptions
{
    public const string ApiVariable = "SCOUTHOOK_HELPSCOUT_API";
    public const string ClientIdVariable = "SCOUTHOOK_HELPSCOUT_CLIENT_ID";
    public const string ClientSecretVariable = "SCOUTHOOK_HELPSCOUT_CLIENT_SECRET";

    private readonly Option<string> _source = new("--source")
    {
        Description = "The source whose account and secret to use.",
        HelpName = "name",
        DefaultValueFactory = _ => WebhookSource.DefaultName,
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = $"The configuration file of the gateway. Default: ./{ServeSettings.DefaultConfig}, if it exists.",
        HelpName = "path",
    };

    private readonly Option<string?> _api = new("--helpscout-api")
    {
        Description = $"The address of Help Scout's API. Default: the environment variable {ApiVariable}, then the configuration, "
            + $"then {HelpScoutCredentials.DefaultApi.GetLeftPart(UriPartial.Authority)}.",
        HelpName = "url",
    };

    private readonly Option<string?> _clientId = new("--client-id")
    {
        Description = $"The client id of the app in Help Scout. Default: the environment variable {ClientIdVariable}, then the configuration.",
        HelpName = "text",
    };

    private readonly Option<string?> _clientSecretFile = new("--client-secret-file")
    {
        Description = $"A file with the client secret. Default: the environment variable {ClientSecretVariable}, then the configuration.",
        HelpName = "path",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _source, _config, _api, _clientId, _clientSecretFile })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Runs a command with the account, and reports a failed call as the failure of the command.</summary>
    /// <exception cref="UsageException">The source, the address or the credentials are missing or invalid.</exception>
    public async Task<int> RunAsync(ParseResult parseResult, Func<Account, Task<int>> act)
    {
        var source = Read(parseResult);
        if (source.Connection.Credentials is not { } credentials)
        {
            throw new UsageException(
                $"No Help Scout credentials given. Set {ClientIdVariable} and {ClientSecretVariable}, or "
                + $"{source.KeyOf("HelpScout")}:ClientId and :ClientSecret in the configuration. Create an app in Help Scout under Your Profile > My Apps.");
        }

        var services = new ServiceCollection();
        services.AddHelpScoutRegistrations();
        await using var provider = services.BuildServiceProvider();
        try
        {
            return await act(new Account(provider.GetRequiredService<HelpScoutClientFactory>().GetClient(credentials), source));
        }
        catch (HelpScoutApiException exception)
        {
            throw new CommandFailedException(exception.StatusCode is null && ProxyOf(credentials.Api) is { } proxy
                ? $"{exception.Message.TrimEnd('.')}. The request went through the proxy {proxy} of this environment; to connect directly, add {credentials.Api.Host} to NO_PROXY."
                : exception.Message);
        }
    }

    /// <returns>The proxy that the environment sets for an address, without its credentials; <see langword="null"/> if there is none.</returns>
    private static string? ProxyOf(Uri address) =>
        HttpClient.DefaultProxy.IsBypassed(address) ? null : HttpClient.DefaultProxy.GetProxy(address)?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private SourceConfiguration Read(ParseResult parseResult)
    {
        var overrides = new SourceOverrides(
            parseResult.GetValue(_api) ?? Environment.GetEnvironmentVariable(ApiVariable),
            parseResult.GetValue(_clientId) ?? Environment.GetEnvironmentVariable(ClientIdVariable),
            parseResult.GetValue(_clientSecretFile) is null ? Environment.GetEnvironmentVariable(ClientSecretVariable) : null,
            parseResult.GetValue(_clientSecretFile),
            Environment.GetEnvironmentVariable(CommonOptions.SecretVariable));
        return SourceConfiguration.Read(
            parseResult.GetRequiredValue(_source), parseResult.GetValue(_config), overrides, TimeProvider.System);
    }
}
