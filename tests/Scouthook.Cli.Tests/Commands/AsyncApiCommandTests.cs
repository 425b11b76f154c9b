using System.Text.Json;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

public sealed class AsyncApiCommandTests
{
    [Theory]
    [InlineData("asyncapi: 3.0.0\n", "asyncapi")]
    [InlineData("asyncapi: 3.0.0\n", "asyncapi", "--format", "yaml", "--version", "3.0.0")]
    [InlineData("asyncapi: 2.6.0\n", "asyncapi", "--version", "2.6.0")]
    public async Task Contract_is_printed_as_YAML(string start, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.StartsWith(start, run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', run.Output);
    }

    [Theory]
    [InlineData("3.0.0", "asyncapi", "--format", "json")]
    [InlineData("2.6.0", "asyncapi", "--format", "json", "--version", "2.6.0")]
    public async Task Contract_is_printed_as_JSON(string version, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal(0, run.ExitCode);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(version, document.RootElement.GetProperty("asyncapi").GetString());
        Assert.Equal(26, document.RootElement.GetProperty("components").GetProperty("messages").EnumerateObject().Count());
    }

    [Fact]
    public async Task Schema_format_prints_one_JSON_Schema_and_rejects_a_version()
    {
        var run = await RunAsync("asyncapi", "--format", "schema");
        var withVersion = await RunAsync("asyncapi", "--format", "schema", "--version", "3.0.0");

        Assert.Equal(0, run.ExitCode);
        using var schema = JsonDocument.Parse(run.Output);
        Assert.Equal(26, schema.RootElement.GetProperty("properties").EnumerateObject().Count());
        Assert.Equal(2, withVersion.ExitCode);
        Assert.Contains("--version", withVersion.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--version", "3.1.0")]
    [InlineData("--format", "xml")]
    public async Task Unknown_version_or_format_is_a_usage_error_that_lists_the_valid_ones(string option, string value)
    {
        var run = await RunAsync("asyncapi", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(value, run.Error, StringComparison.Ordinal);
        Assert.Contains(option == "--format" ? "yaml" : "2.6.0", run.Error, StringComparison.Ordinal);
    }
}
