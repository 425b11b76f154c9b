using System.Text;
using Scouthook.Cli.Tests.Support;
using Scouthook.Signing;
using static Scouthook.Cli.Tests.Support.ScouthookProcess;

namespace Scouthook.Cli.Tests.Commands;

public sealed class SignCommandTests
{
    [Theory]
    [InlineData(@"{""id"":4711,""link"":""https:\/\/example.com\/a\/b""}", "lzbvpgRszmojGm4cUcgkNT4u3J0=")]
    [InlineData("{\"name\":\"Zoë 🚀\"}", "nzFUFKIXBu9tiuqSRKqpB8wofjk=")]
    [InlineData("", "jG1D6cCoPbb31BfATaKxUxov7Qo=")]
    [InlineData("{\"id\":4711}", "6SuhMFURWqcm/W0V4MIgWpApEio=")]
    [InlineData("{\"id\":4711}\n", "455zAv1QP46jmSsSm7weyPCGMHY=")]
    public async Task Standard_input_is_signed_byte_for_byte(string body, string signature)
    {
        var run = await RunAsync(["sign", "--secret", Secret], Encoding.UTF8.GetBytes(body));

        Assert.Equal(new Finished(0, signature + "\n", ""), run);
    }

    [Theory]
    [InlineData("{\r\n\"id\":1\r\n}")]
    [InlineData("{\"id\":1}\n")]
    [InlineData("\ufeff{}")]
    public async Task File_is_signed_with_its_line_breaks_and_byte_order_mark(string content)
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(content));

        var run = await RunAsync("sign", "--secret", Secret, "--file", file.Path);

        Assert.Equal(HelpScoutSignature.Sign(Encoding.UTF8.GetBytes(content), Secret), run.Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task Binary_bytes_are_signed_unchanged()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        using var file = new TemporaryFile(bytes);

        var fromFile = await RunAsync("sign", "--secret", Secret, "--file", file.Path);
        var fromInput = await RunAsync(["sign", "--secret", Secret, "--file", "-"], bytes);

        Assert.Equal(HelpScoutSignature.Sign(bytes, Secret) + "\n", fromFile.Output);
        Assert.Equal(fromFile.Output, fromInput.Output);
    }

    [Fact]
    public async Task Secret_is_read_from_the_environment()
    {
        var run = await RunAsync(["sign"], "{\"id\":4711}"u8.ToArray(), ("SCOUTHOOK_SECRET", "clé-secrète"));

        Assert.Equal("OUgSv0IzOr0Z05i29aL9C1jMHoE=\n", run.Output);
    }

    [Theory]
    [InlineData("Pass --secret or set SCOUTHOOK_SECRET", "sign")]
    [InlineData("Pass --secret or set SCOUTHOOK_SECRET", "sign", "--secret", " ")]
    [InlineData("Cannot read no-such-file", "sign", "--secret", Secret, "--file", "no-such-file")]
    [InlineData("--fill", "sign", "--secret", Secret, "--fill", "x")]
    public async Task Usage_error_is_reported_and_exits_with_2(string expected, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("Try 'scouthook sign --help'.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Error, StringComparison.Ordinal);
    }
}
