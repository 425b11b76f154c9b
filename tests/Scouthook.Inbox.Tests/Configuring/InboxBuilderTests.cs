using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Scouthook.Inbox.Configuring;
using Scouthook.Inbox.Reconciling;

namespace Scouthook.Inbox.Tests.Configuring;

/// <summary>Configures the inbox in code.</summary>
public sealed class InboxBuilderTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Code_sets_store_and_options_and_takes_precedence_over_configuration()
    {
        using var host = Build(
            inbox => inbox.UseSqlite(_folder["a/b.db"]).Configure(options =>
            {
                options.Retention = TimeSpan.FromDays(60);
                options.Delivery.RetrySchedule.Add(TimeSpan.FromSeconds(1));
                options.Endpoints["crm"] = new WebhookEndpointOptions
                {
                    Url = "https://crm.example.com/helpscout", Events = { "convo.*" }, Secret = "a-secret-nobody-may-see",
                };
            }),
            ("Scouthook:Inbox:Sqlite:Path", "elsewhere/x.db"),
            ("Scouthook:Inbox:DataDirectory", _folder["keys"]),
            ("Scouthook:Inbox:Retention", "40d"),
            ("Scouthook:Inbox:DeadLetterRetention", "80d"));

        var settings = host.Services.GetRequiredService<LiveInboxSettings>();
        Assert.Equal((_folder["a/b.db"], _folder["keys"]), (settings.DatabasePath, settings.DataDirectory));
        Assert.Equal(
            (TimeSpan.FromDays(60), TimeSpan.FromDays(80)),
            (settings.Current.Retention, settings.Current.DeadLetterRetention));
        Assert.Equal(
            [TimeSpan.FromSeconds(1)], host.Services.GetRequiredService<LiveDeliverySettings>().Current.RetrySchedule);
        var endpoint = Assert.Single(host.Services.GetRequiredService<LiveEndpoints>().Current);
        Assert.Equal(("crm", "convo.*"), (endpoint.ToString(), Assert.Single(endpoint.Declaration.Definition.Events)));
        var shown = host.Services.GetRequiredService<IOptionsMonitor<InboxOptions>>().CurrentValue;
        Assert.Equal((_folder["a/b.db"], TimeSpan.FromDays(60)), (shown.Sqlite.Path, shown.Retention));
    }

    [Fact]
    public void Errors_in_code_are_listed_with_the_corresponding_configuration_keys()
    {
        using var host = Build(inbox => inbox.Configure(options =>
        {
            options.RepeatWindow = TimeSpan.Zero;
            options.FileMode = UnixFileMode.OtherRead;
            options.Delivery.Concurrency = 0;
            options.Delivery.AllowedNetworks.Add("everything");
            options.Endpoints["crm"] = new WebhookEndpointOptions { Url = "crm.example.com", Timeout = TimeSpan.FromDays(1) };
        }));

        var exception = Assert.Throws<OptionsValidationException>(host.Services.GetRequiredService<LiveInboxSettings>);

        Assert.Equal(
            [
                "Scouthook:Inbox:RepeatWindow", "Scouthook:Inbox:FileMode", "Scouthook:Delivery:Concurrency",
                "Scouthook:Delivery:AllowedNetworks:0", "Scouthook:Endpoints:crm:Url", "Scouthook:Endpoints:crm:Timeout",
            ],
            exception.Failures.Select(mistake => mistake.Split(' ')[0]));
    }

    private static IHost Build(Action<IInboxBuilder> configure, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddScouthookCore().AddInbox(configure);
        return builder.Build();
    }
}
