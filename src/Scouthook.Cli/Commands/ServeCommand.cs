using System.CommandLine;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Serving;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook serve</c>: the gateway.</summary>
internal sealed class ServeCommand : Command, IHasExamples, IRunsUntilStopped
{
    private readonly Option<string?> _urls = new("--urls")
    {
        Description = $"Addresses to listen on, parted by semicolons. Default: {ServeSettings.DefaultUrls}.",
        HelpName = "urls",
    };

    private readonly Option<string[]> _secrets = new("--secret", "-s")
    {
        Description = "A secret of the webhook, the current one first; may be given several times. Default: the "
            + $"environment variable {CommonOptions.SecretVariable}, then the configuration.",
        HelpName = "text",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _secretFile = new("--secret-file")
    {
        Description = "A file that holds the secret; a new content is taken without a restart.",
        HelpName = "path",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The directory for everything that is kept. Default: ./scouthook-data.",
        HelpName = "directory",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = $"The configuration file. Default: ./{ServeSettings.DefaultConfig}, if there is one.",
        HelpName = "path",
    };

    public ServeCommand()
        : base("serve", "Receive webhooks, keep every event, and show what was received.")
    {
        Options.Add(_urls);
        Options.Add(_secrets);
        Options.Add(_secretFile);
        Options.Add(_data);
        Options.Add(_config);
        SetAction(RunAsync);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("with the secret from the environment", $"{CommonOptions.SecretVariable}=S scouthook serve"),
        ("while a secret is being changed at Help Scout", "scouthook serve --secret NEW --secret OLD"),
        ("in a container", "scouthook serve --urls http://0.0.0.0:8080 --data /data --secret-file /run/secrets/helpscout"),
    ];

    private Task<int> RunAsync(ParseResult parseResult, CancellationToken cancellationToken)
    {
        var settings = new ServeSettings
        {
            Urls = parseResult.GetValue(_urls),
            Secrets = parseResult.GetValue(_secrets) ?? [],
            SecretFile = parseResult.GetValue(_secretFile),
            DataDirectory = parseResult.GetValue(_data),
            ConfigFile = parseResult.GetValue(_config),
        };
        if (settings.ConfigFile is { } file && !System.IO.File.Exists(file))
        {
            throw new UsageException($"There is no file {file}.");
        }

        return new GatewayServer(settings).RunAsync(cancellationToken);
    }
}
