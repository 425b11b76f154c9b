using System.Net;
using Scouthook.Registrations.Model;
using Scouthook.Registrations.Tests.Support;
using static Scouthook.Registrations.Tests.Support.ScriptedHelpScout;

namespace Scouthook.Registrations.Tests.Connecting;

/// <summary>Outages, lost connections, and servers that are not Help Scout.</summary>
public sealed class OutageTests
{
    private const string EmptyPage = """{"page":{"size":50,"totalElements":0,"totalPages":0,"number":1}}""";

    private readonly SkippingClock _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<HttpStatusCode> ServerErrors =>
        [HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    [Theory]
    [MemberData(nameof(ServerErrors))]
    public async Task Read_is_repeated_with_growing_waits_until_Help_Scout_is_back(HttpStatusCode status)
    {
        using var helpScout = new ScriptedHelpScout(Answer(status), Lost, Answer(status), Answer(HttpStatusCode.OK, EmptyPage));

        var listed = await Some.Client(helpScout, _clock).ListAsync(Cancellation);

        Assert.Empty(listed);
        Assert.Equal([1.0, 2.0, 4.0], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Repetitions_end()
    {
        using var helpScout = new ScriptedHelpScout(Answer(HttpStatusCode.GatewayTimeout, "<html>", "text/html"));

        var exception = await Assert.ThrowsAsync<HelpScoutApiException>(() => Some.Client(helpScout, _clock).ListAsync(Cancellation));

        Assert.Equal((HttpStatusCode.GatewayTimeout, 4), (exception.StatusCode, helpScout.Requests.Count));
    }

    [Fact]
    public async Task Lost_connection_is_an_exception_without_a_status()
    {
        using var helpScout = new ScriptedHelpScout(Lost);

        var exception = await Assert.ThrowsAsync<HelpScoutApiException>(() => Some.Client(helpScout, _clock).GetAsync(1, Cancellation));

        Assert.Equal((null, 4), (exception.StatusCode, helpScout.Requests.Count));
        Assert.Contains("could not be reached", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_is_repeated_and_sends_the_whole_registration_each_time()
    {
        using var helpScout = new ScriptedHelpScout(Answer(HttpStatusCode.GatewayTimeout), Answer(HttpStatusCode.NoContent));

        await Some.Client(helpScout, _clock).UpdateAsync(1, Some.Request(), Cancellation);

        Assert.Equal(2, helpScout.Requests.Count);
        Assert.All(helpScout.Requests, request => Assert.Contains(Some.Secret, request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Creation_is_not_repeated_because_it_may_have_been_carried_out()
    {
        using var helpScout = new ScriptedHelpScout(Answer(HttpStatusCode.GatewayTimeout));

        var exception = await Assert.ThrowsAsync<HelpScoutApiException>(() => Some.Client(helpScout, _clock).CreateAsync(Some.Request(), Cancellation));

        Assert.Equal((HttpStatusCode.GatewayTimeout, 1), (exception.StatusCode, helpScout.Requests.Count));
    }

    [Fact]
    public async Task Deletion_whose_answer_was_lost_counts_as_done_when_the_registration_is_gone()
    {
        using var helpScout = new ScriptedHelpScout(Lost, Answer(HttpStatusCode.NotFound));

        Assert.True(await Some.Client(helpScout, _clock).DeleteAsync(1, Cancellation));
    }

    [Fact]
    public async Task Creation_without_the_id_in_its_response_says_what_to_do()
    {
        using var helpScout = new ScriptedHelpScout(Answer(HttpStatusCode.Created));

        var exception = await Assert.ThrowsAsync<HelpScoutApiException>(() => Some.Client(helpScout, _clock).CreateAsync(Some.Request(), Cancellation));

        Assert.Contains("List the registrations", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_of_another_server_is_named()
    {
        using var helpScout = new ScriptedHelpScout(Lost) { TokenAnswer = Answer(HttpStatusCode.NotFound) };

        var exception = await Assert.ThrowsAsync<HelpScoutApiException>(() => Some.Client(helpScout, _clock).ListAsync(Cancellation));

        Assert.EndsWith("responded with 404. Is this the address of Help Scout's API?", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-RateLimit-Retry-After", "7", 7)]
    [InlineData("Retry-After", "8", 8)]
    [InlineData("X-Nothing", "x", 10)]
    public async Task Rate_limit_is_waited_for_also_by_a_creation(string header, string value, int seconds)
    {
        using var helpScout = new ScriptedHelpScout(
            Answer(HttpStatusCode.TooManyRequests, headers: (header, value)), Answer(HttpStatusCode.Created, headers: ("Resource-ID", "10")));

        var id = await Some.Client(helpScout, _clock).CreateAsync(Some.Request(), Cancellation);

        Assert.Equal(10, id);
        Assert.Equal([seconds], _clock.Waits.Select(wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData("1", 6)]
    [InlineData("86400", 1)]
    public async Task Rate_limit_is_not_waited_for_without_end(string seconds, int requests)
    {
        using var helpScout = new ScriptedHelpScout(Answer(HttpStatusCode.TooManyRequests, headers: ("X-RateLimit-Retry-After", seconds)));

        var exception = await Assert.ThrowsAsync<HelpScoutApiException>(() => Some.Client(helpScout, _clock).ListAsync(Cancellation));

        Assert.Equal((HttpStatusCode.TooManyRequests, requests), (exception.StatusCode, helpScout.Requests.Count));
    }

    [Theory]
    [InlineData("<html>Hotel Wi-Fi</html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task Response_of_something_else_is_not_an_empty_list(string body)
    {
        using var helpScout = new ScriptedHelpScout(Answer(HttpStatusCode.OK, body));

        var exception = await Assert.ThrowsAsync<HelpScoutApiException>(() => Some.Client(helpScout, _clock).ListAsync(Cancellation));

        Assert.Contains("the address of the API?", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_response_without_a_token_is_an_exception()
    {
        using var helpScout = new ScriptedHelpScout(Answer(HttpStatusCode.OK, EmptyPage)) { TokenAnswer = Answer(HttpStatusCode.OK, "{}") };

        await Assert.ThrowsAsync<HelpScoutApiException>(() => Some.Client(helpScout, _clock).ListAsync(Cancellation));

        Assert.Empty(helpScout.Requests);
    }

    [Fact]
    public async Task Failed_token_request_is_made_again_by_the_next_call()
    {
        var isDown = true;
        using var helpScout = new ScriptedHelpScout(Answer(HttpStatusCode.OK, EmptyPage))
        {
            TokenAnswer = () => isDown
                ? Lost()
                : Answer(HttpStatusCode.OK, """{"access_token":"another","expires_in":"soon"}""")(),
        };
        var client = Some.Client(helpScout, _clock);
        await Assert.ThrowsAsync<HelpScoutApiException>(() => client.ListAsync(Cancellation));
        isDown = false;

        Assert.Empty(await client.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Secrets_that_a_response_quotes_are_removed_from_the_exception()
    {
        const string quoted = $"{Some.Secret} {Some.ClientSecret} {Token}";
        using var helpScout = new ScriptedHelpScout(Answer(
            HttpStatusCode.BadRequest,
            $$$"""{"message":"Bad: {{{quoted}}}","_embedded":{"errors":[{"path":"secret","message":"Is {{{quoted}}}","rejectedValue":"{{{quoted}}}"}]}}"""));

        var exception = await Assert.ThrowsAsync<HelpScoutApiException>(() => Some.Client(helpScout, _clock).CreateAsync(Some.Request(), Cancellation));

        var shown = exception + string.Concat(exception.Errors);
        Assert.Contains("Bad: (secret)", shown, StringComparison.Ordinal);
        Assert.All([Some.Secret, Some.ClientSecret, Token], secret => Assert.DoesNotContain(secret, shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelled_call_ends_while_it_waits_for_a_token_that_others_still_get()
    {
        var granted = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var helpScout = new WaitingHelpScout(granted.Task, EmptyPage);
        var client = Some.Client(helpScout, _clock);
        using var cancelled = new CancellationTokenSource();
        var first = client.ListAsync(cancelled.Token);
        var second = client.ListAsync(Cancellation);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        granted.SetResult(Answer(HttpStatusCode.OK, """{"access_token":"late","expires_in":100}""")());

        Assert.Empty(await second);
        Assert.Equal(1, helpScout.TokenRequests);
    }

    [Fact]
    public void Text_of_credentials_and_requests_has_no_secret()
    {
        var credentials = new HelpScoutCredentials { ClientId = "id", ClientSecret = Some.ClientSecret };

        Assert.DoesNotContain(Some.ClientSecret, credentials.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Secret, Some.Request().ToString(), StringComparison.Ordinal);
    }

    /// <summary>Grants a token once a test lets it.</summary>
    private sealed class WaitingHelpScout(Task<HttpResponseMessage> token, string page) : HttpMessageHandler
    {
        private int _tokenRequests;

        public int TokenRequests => _tokenRequests;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post)
            {
                Interlocked.Increment(ref _tokenRequests);
                return await token;
            }

            return Answer(HttpStatusCode.OK, page)();
        }
    }
}
