using System.Net;
using Scouthook.Registrations.Model;
using Scouthook.Registrations.Tests.Support;

namespace Scouthook.Registrations.Tests;

/// <summary>Calls the API of the emulator.</summary>
public sealed class HelpScoutClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Created_registration_has_every_member_that_was_sent()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var request = Some.Request(events: ["convo.created", "tag.created"]) with
        {
            Label = "CRM",
            PayloadVersion = PayloadVersions.V3,
            Notification = true,
            MailboxIds = [1, 4_000_000_000],
        };

        var id = await account.Client.CreateAsync(request, Cancellation);

        var created = await account.Client.GetAsync(id, Cancellation);
        Assert.Equal(account.HelpScout.Webhooks.Single().Id, id);
        Assert.Equivalent(
            new WebhookRegistration
            {
                Id = id,
                Url = Some.Url,
                Events = ["convo.created", "tag.created"],
                Label = "CRM",
                PayloadVersion = PayloadVersions.V3,
                Notification = true,
                MailboxIds = [1, 4_000_000_000],
            },
            created,
            strict: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(101)]
    public async Task List_has_the_registrations_of_all_pages(int count)
    {
        await using var account = await EmulatedAccount.StartAsync();
        var ids = Enumerable.Range(0, count).Select(_ => account.HelpScout.AddWebhook(Some.Url, Some.Secret).Id).ToList();

        var listed = await account.Client.ListAsync(Cancellation);

        Assert.Equal(ids, listed.Select(registration => registration.Id).Order());
    }

    [Fact]
    public async Task Update_replaces_the_registration_and_enables_it()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var id = account.HelpScout.AddWebhook(Some.Url, Some.Secret, "convo.created").Id;
        account.HelpScout.Disable(id);
        var before = await account.Client.GetAsync(id, Cancellation);

        await account.Client.UpdateAsync(
            id, before!.ToRequest(Some.Secret) with { Events = ["tag.created"], State = RegistrationState.Enabled }, Cancellation);

        var after = await account.Client.GetAsync(id, Cancellation);
        Assert.False(before.IsEnabled);
        Assert.Equivalent(before with { Events = ["tag.created"], State = RegistrationState.Enabled }, after, strict: true);
    }

    [Fact]
    public async Task Registration_that_does_not_exist_is_not_an_exception_to_read_or_delete()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var id = account.HelpScout.AddWebhook(Some.Url, Some.Secret).Id;

        var deleted = await account.Client.DeleteAsync(id, Cancellation);
        var deletedAgain = await account.Client.DeleteAsync(id, Cancellation);
        var read = await account.Client.GetAsync(id, Cancellation);
        var update = await Assert.ThrowsAsync<HelpScoutApiException>(() => account.Client.UpdateAsync(id, Some.Request(), Cancellation));

        Assert.Equal((true, false, null, HttpStatusCode.NotFound), (deleted, deletedAgain, read, update.StatusCode));
    }

    [Fact]
    public async Task Rejected_registration_has_the_errors_of_each_field_and_not_the_secret()
    {
        await using var account = await EmulatedAccount.StartAsync(options => options.EnforceSecretLength = true);
        var secret = new string('s', 41);

        var exception = await Assert.ThrowsAsync<HelpScoutApiException>(() => account.Client.CreateAsync(
            Some.Request("not a url", "convo.invented") with { Secret = secret }, Cancellation));

        Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
        Assert.Equal(["events", "secret", "url"], exception.Errors.Select(error => error.Path).Order());
        Assert.All(exception.Errors, error => Assert.Contains($"{error.Path}: {error.Message}", exception.Message, StringComparison.Ordinal));
        Assert.NotNull(exception.CorrelationId);
        Assert.DoesNotContain(secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_client_secret_is_reported_without_quoting_it()
    {
        await using var account = await EmulatedAccount.StartAsync(options => options.ClientSecret = "another");
        var client = new HelpScoutClient(
            () => new HttpClient(new SocketsHttpHandler { UseProxy = false }),
            new HelpScoutCredentials { Api = account.HelpScout.Address, ClientId = account.HelpScout.ClientId, ClientSecret = Some.ClientSecret },
            account.Clock);

        var exception = await Assert.ThrowsAsync<HelpScoutApiException>(() => client.ListAsync(Cancellation));

        Assert.Contains("client secret is wrong", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.ClientSecret, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrent_calls_request_one_token()
    {
        await using var account = await EmulatedAccount.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => account.Client.ListAsync(Cancellation)));

        Assert.Equal(1, account.TokenRequests);
    }

    [Fact]
    public async Task Rejected_token_is_replaced_once_however_many_calls_used_it()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.Client.ListAsync(Cancellation);
        account.HelpScout.RevokeTokens();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => account.Client.ListAsync(Cancellation)));

        Assert.Equal(2, account.TokenRequests);
    }

    [Theory]
    [InlineData(172_800, 172_499, 1)]
    [InlineData(172_800, 172_500, 2)]
    [InlineData(60, 29, 1)]
    [InlineData(60, 30, 2)]
    public async Task Token_is_replaced_shortly_before_it_expires(int lifetime, int elapsed, int requests)
    {
        await using var account = await EmulatedAccount.StartAsync(options => options.TokenLifetime = TimeSpan.FromSeconds(lifetime));
        await account.Client.ListAsync(Cancellation);
        account.Clock.Advance(TimeSpan.FromSeconds(elapsed));

        await account.Client.ListAsync(Cancellation);

        Assert.Equal(requests, account.TokenRequests);
    }

    [Fact]
    public async Task Rate_limit_is_waited_for_as_long_as_Help_Scout_says()
    {
        await using var account = await EmulatedAccount.StartAsync(options => options.RequestsPerMinute = 3);
        await account.Client.CreateAsync(Some.Request(), Cancellation);
        account.Clock.Advance(TimeSpan.FromSeconds(20));

        await account.Client.CreateAsync(Some.Request(), Cancellation);

        Assert.Contains(TimeSpan.FromSeconds(40), account.Clock.Waits);
        Assert.Equal(2, account.HelpScout.Webhooks.Count);
    }
}
