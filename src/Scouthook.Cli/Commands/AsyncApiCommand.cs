using System.CommandLine;
using Scouthook.AsyncApi;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Commands;

/// <summary><c>scouthook asyncapi</c>: prints the contract of Help Scout's webhooks.</summary>
internal sealed class AsyncApiCommand : Command, IHasExamples
{
    private const string Yaml = "yaml";
    private const string Json = "json";
    private const string Schema = "schema";

    private readonly Option<string> _version = OneOf(
        "--version", "The AsyncAPI version.", AsyncApiVersion.V300.ToString(),
        [.. AsyncApiVersion.All.Select(version => version.ToString())]);

    private readonly Option<string> _format = OneOf(
        "--format", $"{Yaml} or {Json} for the AsyncAPI document, or {Schema} for a JSON Schema of the bodies alone.", Yaml,
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
        ("the latest version, as YAML", "scouthook asyncapi > helpscout-webhooks.yaml"),
        ("for a tool that only reads 2.6.0", "scouthook asyncapi --version 2.6.0 --format json"),
        ("only the bodies, to generate types", "scouthook asyncapi --format schema > helpscout-webhooks.schema.json"),
    ];

    private int Run(ParseResult parseResult)
    {
        if (parseResult.GetValue(_format) == Schema && parseResult.GetResult(_version) is { Implicit: false })
        {
            throw new UsageException("--version selects the AsyncAPI version and does not apply to --format schema.");
        }

        var version = AsyncApiVersion.All.Single(version => version.ToString() == parseResult.GetValue(_version));
        var document = AsyncApiDocument.Create(version);

        // The text ends with a line break.
        Console.Out.Write(parseResult.GetValue(_format) switch
        {
            Schema => PayloadSchema.ToJson(),
            Json => document.ToJson(),
            _ => document.ToYaml(),
        });
        return ExitCode.Ok;
    }

    private static Option<string> OneOf(string name, string description, string defaultValue, string[] values) =>
        new Option<string>(name) { Description = description, DefaultValueFactory = _ => defaultValue }
            .AcceptOnlyFromAmong(values);
}
