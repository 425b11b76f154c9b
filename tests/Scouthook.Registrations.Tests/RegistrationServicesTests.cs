using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scouthook.Registrations.Connecting;
using Scouthook.Registrations.Model;
using Scouthook.Registrations.Tests.Support;
using Scouthook.Testing;

namespace Scouthook.Registrations.Tests;

/// <summary>The client as an app gets it.</summary>
public sealed class RegistrationServicesTests
{
    [Fact]
    public async Task App_gets_a_client_with_the_configured_credentials()
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var services = new ServiceCollection();
        services.AddHelpScoutRegistrations(options =>
        {
            options.Api = helpScout.Address;
            options.ClientId = helpScout.ClientId;
            options.ClientSecret = helpScout.ClientSecret;
        });
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<HelpScoutClient>();

        var id = await client.CreateAsync(Some.Request(), TestContext.Current.CancellationToken);

        Assert.Equal(helpScout.Webhooks.Single().Id, id);
    }

    [Fact]
    public async Task Proxy_of_the_environment_is_used_except_for_this_machine()
    {
        await using var helpScout = await HelpScoutEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var provider = new ServiceCollection().AddHelpScoutRegistrations().Services.BuildServiceProvider();
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy("http://127.0.0.1:1");
        try
        {
            var local = provider.GetRequiredService<HelpScoutClientFactory>().GetClient(Some.CredentialsOf(helpScout));
            Assert.Empty(await local.ListAsync(TestContext.Current.CancellationToken));
            Assert.False(new OutboundProxy().IsBypassed(HelpScoutCredentials.DefaultApi));
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public void Missing_credentials_are_named_together()
    {
        var services = new ServiceCollection();
        services.AddHelpScoutRegistrations(options => options.ClientId = " ");
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<HelpScoutClient>);

        Assert.Equal(["ClientId", "ClientSecret"], exception.Failures.Select(failure => failure.Split(' ')[0]));
    }

    [Fact]
    public void Equal_credentials_share_a_client_and_its_token()
    {
        var services = new ServiceCollection();
        services.AddHelpScoutRegistrations();
        services.AddHelpScoutRegistrations();
        using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<HelpScoutClientFactory>();

        Assert.Same(factory.GetClient(Credentials("one")), factory.GetClient(Credentials("one")));
        Assert.NotSame(factory.GetClient(Credentials("one")), factory.GetClient(Credentials("two")));
    }

    private static HelpScoutCredentials Credentials(string id) => new() { ClientId = id, ClientSecret = Some.ClientSecret };
}
