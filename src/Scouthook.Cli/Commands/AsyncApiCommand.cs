using System.CommandLine;
using Scouthook.AsyncApi;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook asyncapi</c>: the contract of Help Scout's webhooks.</summary>
internal sealed class AsyncApiCommand : Command, IHasExamples
{
    private const string Yaml = "yaml";
    private const string Json = "json";
    private const string Schema = "schema";

    private readonly Option<string> _version = OneOf(
        "--version", "The version of AsyncAPI to write.", AsyncApiVersion.V300.ToString(),
        [.. AsyncApiVersion.All.Select(version => version.ToString())]);

    private readonly Option<string> _format = OneOf(
        "--format", $"The format: the AsyncAPI document as {Yaml} or {Json}, or only the bodies as one JSON {Schema}.", Yaml,
        [Yaml, Json, Schema]);

    public AsyncApiCommand()
        : base("asyncapi", "Print the contract of Help Scout's webhooks: 26 messages and the schemas of their bodies, as AsyncAPI.")
    {
        Options.Add(_version);
        Options.Add(_format);
        SetAction(Run);
    }

    public IReadOnlyList<(string Does, string Example)> Examples { get; } =
    [
        ("the newest version, as YAML", "scouthook asyncapi > helpscout-webhooks.yaml"),
        ("for a tool that reads 2.6.0 only", "scouthook asyncapi --version 2.6.0 --format json"),
        ("the bodies alone, to generate types from", "scouthook asyncapi --format schema > helpscout-webhooks.schema.json"),
    ];

    private int Run(ParseResult parseResult)
    {
        if (parseResult.GetValue(_format) == Schema && parseResult.GetResult(_version) is { Implicit: false })
        {
            throw new UsageException("--version selects a version of AsyncAPI. The JSON Schema has none; omit the option.");
        }

        var version = AsyncApiVersion.All.Single(version => version.ToString() == parseResult.GetValue(_version));
        var document = AsyncApiDocument.Create(version);

        // The text ends with a line break of its own.
        Console.Out.Write(parseResult.GetValue(_format) switch
        {
            Schema => PayloadSchema.ToJson(),
            Json => document.ToJson(),
            _ => document.ToYaml(),
        });
        return ExitCode.Ok;
    }

    private static Option<string> OneOf(string name, string description, string usual, string[] values) =>
        new Option<string>(name) { Description = description, DefaultValueFactory = _ => usual }
            .AcceptOnlyFromAmong(values);
}
