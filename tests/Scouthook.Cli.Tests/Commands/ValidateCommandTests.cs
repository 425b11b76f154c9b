using System.Text;
using Scouthook.Cli.Tests.Support;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

public sealed class ValidateCommandTests
{
    private const string Tag = """{"id":7,"slug":"vip","name":"VIP","color":"none","createdAt":"2026-03-02T10:02:17Z","ticketCount":0}""";
    private const string WrongTag = """{"id":"s3cret","slug":"vip","name":"VIP","color":"none","createdAt":"yesterday"}""";

    [Fact]
    public async Task Body_that_matches_the_contract_exits_with_0()
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(Tag));

        var run = await RunAsync("validate", "--event", "tag.updated", file.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Equal("Valid: the body matches the contract for tag.updated.\n", run.Output);
    }

    [Theory]
    [InlineData("validate", "--event", "tag.created")]
    [InlineData("validate", "--event", "tag.created", "-")]
    public async Task Violations_are_listed_with_their_location_and_exit_with_1(params string[] arguments)
    {
        var run = await RunAsync(arguments, Encoding.UTF8.GetBytes(WrongTag));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            """
            Not valid: 3 violations of the contract for tag.created.
              /ticketCount is missing, but the contract requires it.
              /id must be a whole number, but is text.
              /createdAt must be a date and time with a zone, such as 2026-03-02T10:02:17Z.

            """,
            run.Output);
    }

    [Fact]
    public async Task Without_an_event_name_the_body_is_checked_against_the_closest_type()
    {
        var valid = await RunAsync(["validate"], Encoding.UTF8.GetBytes(Tag));
        var wrong = await RunAsync(["validate"], Encoding.UTF8.GetBytes(WrongTag));
        var deletion = await RunAsync(["validate"], "{\"id\":4711}"u8.ToArray());
        var other = await RunAsync(["validate"], "{\"hello\":1}"u8.ToArray());

        Assert.Equal(0, valid.ExitCode);
        Assert.StartsWith("Valid: the body matches the contract for tag.created and tag.updated.", valid.Output, StringComparison.Ordinal);
        Assert.Contains("X-HelpScout-Event", valid.Output, StringComparison.Ordinal);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("The closest is tag.created and tag.updated, with 3 violations.", wrong.Output, StringComparison.Ordinal);
        Assert.Equal(0, deletion.ExitCode);
        Assert.Contains("convo.deleted, customer.deleted, tag.deleted and organization.deleted", deletion.Output, StringComparison.Ordinal);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("The body has no member of any known event.", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_output_is_one_line_and_contains_no_values_of_the_body()
    {
        var run = await RunAsync(["validate", "--event", "tag.created", "--json"], Encoding.UTF8.GetBytes(WrongTag));

        Assert.Equal(1, run.ExitCode);
        Assert.False(run.Json.GetProperty("valid").GetBoolean());
        Assert.Equal("tag.created", Assert.Single(run.Json.GetProperty("events").EnumerateArray()).GetString());
        Assert.Equal(
            ["/ticketCount", "/id", "/createdAt"],
            run.Json.GetProperty("violations").EnumerateArray().Select(violation => violation.GetProperty("location").GetString()));
        Assert.Equal(WrongTag.Length, run.Json.GetProperty("bytes").GetInt32());
        Assert.DoesNotContain("s3cret", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_that_is_not_JSON_is_not_valid()
    {
        var run = await RunAsync(["validate"], "<html>"u8.ToArray());

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("The body is not JSON", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Did you mean tag.created", "validate", "--event", "tag.create")]
    [InlineData("Did you mean tag.created, tag.updated, tag.deleted?", "validate", "--event", "tags")]
    [InlineData("Cannot read", "validate", "no-such-file")]
    [InlineData("second", "validate", "first", "second")]
    public async Task Usage_error_is_reported_and_exits_with_2(string expected, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
