using System.Text;

namespace Scouthook.AspNetCore.Tests.Receiving;

public sealed class RejectedRequestTests
{
    private static readonly string Right = Some.Signature(Some.Body);

    /// <summary>Each way in which a signature can be malformed.</summary>
    public static TheoryData<string, string?> Malformed => new()
    {
        { "none", null },
        { "empty", "" },
        { "blank", "   " },
        { "one character short", Right[1..] },
        { "one character long", "A" + Right },
        { "without padding", Right[..27] },
        { "padded twice", Right[..26] + "==" },
        { "28 characters of 21 bytes", Convert.ToBase64String(new byte[21]) },
        { "28 characters of 19 bytes", Convert.ToBase64String(new byte[19]) },
        { "another spelling of the same bytes", Right[..26] + (char)(Right[26] + 1) + "=" },
        { "hex", Convert.ToHexStringLower(Convert.FromBase64String(Right)) },
        { "upper-case hex", Convert.ToHexString(Convert.FromBase64String(Right)) },
        { "sha1= and hex", "sha1=" + Convert.ToHexStringLower(Convert.FromBase64String(Right)) },
        { "sha1= and base64", "sha1=" + Right },
        { "quoted", $"\"{Right}\"" },
        { "a blank inside", Right[..10] + " " + Right[11..] },
        { "a tab inside", Right[..10] + "\t" + Right[11..] },
        { "not base64", new string('!', 27) + "=" },
        { "web-safe base64", new string('-', 27) + "=" },
        { "letters of other scripts", new string('é', 27) + "=" },
        { "two in one", $"{Right}, {Right}" },
        { "very long", new string('A', 8_000) },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Missing_or_malformed_signature_is_rejected_before_the_body_is_sent(string way, string? signature)
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.ConnectAsync();
        var request = new RawRequest { Announced = 1_000_000 }.With("Expect", "100-continue");
        if (signature is not null)
        {
            request.Signed(signature);
        }

        await client.SendAsync(request.Head());
        var answer = await client.ReadAsync();

        Assert.True(answer?.Status == 401, way);
        Assert.Empty(app.Seen);
    }

    [Fact]
    public async Task Well_formed_signature_makes_the_server_request_the_body()
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.ConnectAsync();
        var request = Some.Request().With("Expect", "100-continue");

        await client.SendAsync(request.Head());

        Assert.Equal(100, (await client.ReadAsync())!.Status);
        await client.SendAsync(request.Body);
        Assert.Equal(200, (await client.ReadAsync())!.Status);
    }

    [Fact]
    public async Task Body_announced_over_the_limit_is_rejected_before_it_is_sent()
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.ConnectAsync();
        var request = Some.Request().With("Expect", "100-continue");
        request.Announced = (10 * 1024 * 1024) + 1;

        await client.SendAsync(request.Head());

        Assert.Equal(413, (await client.ReadAsync())!.Status);
    }

    [Fact]
    public async Task Every_rejected_signature_gets_the_same_response_which_reveals_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var answers = new List<RawAnswer>();
        foreach (var row in Malformed)
        {
            var request = new RawRequest { Body = Some.Body }.With("X-HelpScout-Event", "tag.created");
            answers.Add(await app.SendAsync(row.Data.Item2 is { } signature ? request.Signed(signature) : request));
        }

        answers.Add(await app.SendAsync(Some.Request().With("X-HelpScout-Signature", Right)));
        answers.Add(await app.SendAsync(Some.Request().With("x-helpscout-signature", "")));
        answers.Add(await app.SendAsync(Some.Request(secret: "another secret")));
        answers.Add(await app.SendAsync(Some.Request().Signed(Some.Signature([.. Some.Body, (byte)'\n']))));

        Assert.All(answers, answer =>
        {
            Assert.Equal(401, answer.Status);
            Assert.Equal("application/problem+json", answer["Content-Type"]);
            Assert.Equal(
                ["Content-Length", "Content-Type", "Date", "Server"],
                answer.Headers.Select(header => header.Key).Order(StringComparer.Ordinal));
            Assert.Equal(answers[0].Body, answer.Body);
            Assert.DoesNotContain(Right, answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(Some.Secret, answer.Text, StringComparison.Ordinal);
            Assert.Contains("\"status\":401", answer.Text, StringComparison.Ordinal);
        });
        Assert.Empty(app.Seen);
    }

    [Fact]
    public async Task Signature_with_any_bit_flipped_is_rejected()
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.ConnectAsync();
        var right = Convert.FromBase64String(Right);

        for (var bit = 0; bit < right.Length * 8; bit++)
        {
            var wrong = right.ToArray();
            wrong[bit / 8] ^= (byte)(1 << (bit % 8));
            var answer = await client.ExchangeAsync(Some.Request().Signed(Convert.ToBase64String(wrong)));
            Assert.Equal(401, answer!.Status);
        }

        Assert.Empty(app.Seen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(1_000)]
    [InlineData(5_000)]
    public async Task Body_of_exactly_the_limit_is_accepted_but_not_one_byte_more(int chunkSize)
    {
        await using var app = await TestApp.StartAsync(setup => setup.With("Scouthook:Receiver:MaxBodyBytes", "3000"));
        var atLimit = Some.Request(Some.Bytes(3_000));
        var over = Some.Request(Some.Bytes(3_001));
        atLimit.ChunkSize = over.ChunkSize = chunkSize;

        var accepted = await app.SendAsync(atLimit);
        var refused = await app.SendAsync(over);

        Assert.Equal(200, accepted.Status);
        Assert.Equal(413, refused.Status);
        Assert.Equal("application/problem+json", refused["Content-Type"]);
        Assert.Equal(atLimit.Body, Assert.Single(app.Seen).Body.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Limit_may_equal_or_exceed_that_of_the_server(int chunkSize)
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.With("Scouthook:Receiver:MaxBodyBytes", "60000");
            setup.Kestrel = kestrel => kestrel.Limits.MaxRequestBodySize = 50_000;
        });
        var atLimit = Some.Request(Some.Bytes(60_000));
        var over = Some.Request(Some.Bytes(60_001));
        atLimit.ChunkSize = over.ChunkSize = chunkSize;

        Assert.Equal(200, await app.StatusAsync(atLimit));
        var refused = await app.SendAsync(over);
        Assert.Equal(413, refused.Status);
        Assert.Equal("application/problem+json", refused["Content-Type"]);
    }

    [Fact]
    public async Task Ten_mebibytes_are_accepted_by_default()
    {
        await using var app = await TestApp.StartAsync();
        var request = Some.Request(Some.Bytes(10 * 1024 * 1024), "helpscout.test");

        Assert.Equal(200, await app.StatusAsync(request));
        Assert.Equal(request.Body, Assert.Single(app.Seen).Body.ToArray());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("PATCH")]
    [InlineData("TRACE")]
    [InlineData("BREW")]
    public async Task Any_method_except_POST_gets_an_Allow_header(string method)
    {
        await using var app = await TestApp.StartAsync();
        var request = Some.Request();
        request.Method = method;

        var answer = await app.SendAsync(request);

        Assert.Equal(405, answer.Status);
        Assert.Equal("POST", answer["Allow"]);
        Assert.Equal("application/problem+json", answer["Content-Type"]);
        Assert.Empty(app.Seen);
    }

    [Fact]
    public async Task Problem_details_contain_the_status_but_nothing_from_the_request()
    {
        await using var app = await TestApp.StartAsync();

        var answer = await app.SendAsync(Some.Request(Encoding.UTF8.GetBytes("canary"), "canary", "canary"));

        using var problem = System.Text.Json.JsonDocument.Parse(answer.Body);
        Assert.Equal(401, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Equal("about:blank", problem.RootElement.GetProperty("type").GetString());
        Assert.DoesNotContain("canary", answer.Text, StringComparison.Ordinal);
    }
}
