using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Serving;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook serve</c>: runs the gateway.</summary>
internal sealed class ServeCommand : Command, IHasExamples, IRunsUntilStopped
{
    private readonly Option<string?> _urls = new("--urls")
    {
        Description = $"The addresses to listen on, separated by semicolons. Default: ASPNETCORE_URLS, then {ServeSettings.DefaultUrls}.",
        HelpName = "urls",
    };

    private readonly Option<string[]> _secrets = new("--secret", "-s")
    {
        Description = "A webhook secret. During a rotation, repeat the option, current secret first. Default: the "
            + $"environment variable {CommonOptions.SecretVariable}, then the configuration.",
        HelpName = "text",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _secretFile = new("--secret-file")
    {
        Description = "A file with the webhook secret. Changes take effect without a restart.",
        HelpName = "path",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The data directory. Default: ./scouthook-data.",
        HelpName = "directory",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = $"The configuration file. Default: ./{ServeSettings.DefaultConfig}, if it exists.",
        HelpName = "path",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Log a line for each received event." };

    public ServeCommand()
        : base("serve", "Run the gateway: receive webhooks, store every event, and deliver it to endpoints.")
    {
        Options.Add(_urls);
        Options.Add(_secrets);
        Options.Add(_secretFile);
        Options.Add(_data);
        Options.Add(_config);
        Options.Add(_verbose);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("with the secret from the environment", $"{CommonOptions.SecretVariable}=S scouthook serve"),
        ("during a secret rotation", "scouthook serve --secret NEW --secret OLD"),
        ("in a container", "scouthook serve --urls http://0.0.0.0:8080 --data /data --secret-file /run/secrets/helpscout"),
    ];

    /// <summary>Reads the options of a command line.</summary>
    public ServeSettings Read(ParseResult parseResult)
    {
        var settings = new ServeSettings
        {
            Urls = parseResult.GetValue(_urls),
            Secrets = parseResult.GetValue(_secrets) ?? [],
            SecretFile = parseResult.GetValue(_secretFile),
            DataDirectory = parseResult.GetValue(_data),
            ConfigFile = parseResult.GetValue(_config),
            IsVerbose = parseResult.GetValue(_verbose),
        };
        if (settings.ConfigFile is { } file && !System.IO.File.Exists(file))
        {
            throw new UsageException($"The configuration file {file} does not exist.");
        }

        return settings;
    }

    private Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken) =>
        new GatewayServer(Read(parseResult)).RunAsync(cancellationToken);
}
