using System.CommandLine;
using Scouthook.AsyncApi;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook asyncapi</c>: the contract of Help Scout's webhooks.</summary>
internal sealed class AsyncApiCommand : Command, IHasExamples
{
    private const string Yaml = "yaml";
    private const string Json = "json";

    private readonly Option<string> _version = OneOf(
        "--version", "The version of AsyncAPI to write.", AsyncApiVersion.V300.ToString(),
        [.. AsyncApiVersion.All.Select(version => version.ToString())]);

    private readonly Option<string> _format = OneOf("--format", "How to write it.", Yaml, [Yaml, Json]);

    public AsyncApiCommand()
        : base("asyncapi", "Print the contract of Help Scout's webhooks: 26 messages with their schemas, as AsyncAPI.")
    {
        Options.Add(_version);
        Options.Add(_format);
        SetAction(Run);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("the newest version, as YAML", "scouthook asyncapi > helpscout-webhooks.yaml"),
        ("for a tool that reads 2.6.0 only", "scouthook asyncapi --version 2.6.0 --format json"),
    ];

    private int Run(ParseResult parseResult)
    {
        var version = AsyncApiVersion.All.Single(it => it.ToString() == parseResult.GetValue(_version));
        var document = AsyncApiDocument.Create(version);

        // The text has its own last line break.
        Console.Out.Write(parseResult.GetValue(_format) == Json ? document.ToJson() : document.ToYaml());
        return ExitCode.Ok;
    }

    private static Option<string> OneOf(string name, string description, string usual, string[] values) =>
        new Option<string>(name) { Description = description, DefaultValueFactory = _ => usual }
            .AcceptOnlyFromAmong(values);
}
