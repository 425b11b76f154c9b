using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Scouthook.Events;

namespace Scouthook.AspNetCore.Tests.Configuring;

/// <summary>The configuration sources and their precedence.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private const string Secrets = "Scouthook:Sources:default:Secrets";

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(":0")]
    [InlineData(":0:Value")]
    [InlineData("")]
    public async Task Secrets_of_a_later_configuration_source_replace_the_whole_list(string key)
    {
        _folder.Replace("scouthook.json", """{"Scouthook":{"Sources":{"default":{"Secrets":["first","second"]}}}}""");
        await using var app = await TestApp.StartAsync(setup => setup.WithoutSecret().WithBuilder(builder =>
        {
            builder.Configuration.AddJsonFile(_folder["scouthook.json"]);
            builder.Configuration.AddInMemoryCollection([new(Secrets + key, "only")]);
        }));

        Assert.Equal(200, await app.StatusAsync(Some.Request(secret: "only")));
        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: "first")));
        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: "second")));
    }

    [Fact]
    public async Task Later_configuration_source_without_secrets_keeps_the_earlier_ones()
    {
        _folder.Replace("scouthook.json", """{"Scouthook":{"Sources":{"default":{"Secrets":["first","second"]}}}}""");
        await using var app = await TestApp.StartAsync(setup => setup.WithoutSecret().WithBuilder(builder =>
        {
            builder.Configuration.AddJsonFile(_folder["scouthook.json"]);
            builder.Configuration.AddInMemoryCollection([new("Scouthook:Sources:default:Path", "/in")]);
        }));
        var request = Some.Request(secret: "second");
        request.Path = "/in";

        Assert.Equal(200, await app.StatusAsync(request));
    }

    [Fact]
    public async Task Environment_can_configure_everything_and_takes_precedence()
    {
        const string prefix = "SCOUTHOOKWEBTEST1_";
        _folder.Replace("scouthook.json", """{"Scouthook":{"Sources":{"default":{"Secrets":["first","second"]}}}}""");
        Environment.SetEnvironmentVariable(prefix + "Scouthook__Sources__default__Secrets__0", "third");
        Environment.SetEnvironmentVariable(prefix + "Scouthook__Sources__default__Path", "/env");
        Environment.SetEnvironmentVariable(prefix + "SCOUTHOOK__RECEIVER__MAXBODYBYTES", "100");
        await using var app = await TestApp.StartAsync(setup => setup.WithoutSecret().WithBuilder(builder =>
        {
            builder.Configuration.AddJsonFile(_folder["scouthook.json"]);
            builder.Configuration.AddEnvironmentVariables(prefix);
        }));
        var request = Some.Request(secret: "third");
        request.Path = "/env";
        var old = Some.Request(secret: "second");
        old.Path = "/env";
        var large = Some.Request(new byte[101], secret: "third");
        large.Path = "/env";

        Assert.Equal(200, await app.StatusAsync(request));
        Assert.Equal(401, await app.StatusAsync(old));
        Assert.Equal(413, await app.StatusAsync(large));
    }

    [Fact]
    public async Task Configuration_may_come_from_a_stream_that_can_be_read_only_once()
    {
        await using var app = await TestApp.StartAsync(setup => setup.WithoutSecret().WithBuilder(builder =>
            builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(
                """{"Scouthook":{"Sources":{"default":{"Secrets":["streamed"]}}}}""")))));

        Assert.Equal(200, await app.StatusAsync(Some.Request(secret: "streamed")));
    }

    [Fact]
    public async Task Startup_loads_each_configuration_source_only_once()
    {
        var source = new CountingSource();
        await using var app = await TestApp.StartAsync(setup => setup.WithoutSecret().WithBuilder(
            builder => builder.Configuration.Sources.Add(source)));

        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Equal(1, source.Loads);
    }

    [Fact]
    public async Task Nested_configuration_also_replaces_lists()
    {
        var inner = new ConfigurationBuilder()
            .AddInMemoryCollection([new(Secrets + ":0", "first"), new(Secrets + ":1", "second")])
            .AddInMemoryCollection([new(Secrets + ":0", "only")])
            .Build();
        await using var app = await TestApp.StartAsync(setup => setup.WithoutSecret().WithBuilder(
            builder => builder.Configuration.AddConfiguration(inner)));

        Assert.Equal(200, await app.StatusAsync(Some.Request(secret: "only")));
        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: "second")));
    }

    [Fact]
    public async Task Code_alone_can_configure_everything()
    {
        await using var app = await TestApp.StartAsync(setup => setup.WithoutSecret().WithBuilder(builder =>
            builder.Services.AddScouthook(options =>
            {
                options.Sources["support"] = new WebhookSourceOptions
                {
                    Path = "/in/support",
                    Secrets = { "from code", new SigningSecretOptions { Value = "also" } },
                };
                options.Receiver.MaxBodyBytes = 100;
            })));
        var request = Some.Request(secret: "from code");
        var also = Some.Request(secret: "also");
        var large = Some.Request(new byte[101], secret: "also");
        request.Path = also.Path = large.Path = "/in/support";

        Assert.Equal(200, await app.StatusAsync(request));
        Assert.Equal(200, await app.StatusAsync(also));
        Assert.Equal(413, await app.StatusAsync(large));
        Assert.All(app.Seen, seenEvent => Assert.Equal("support", seenEvent.Source));
    }

    [Fact]
    public async Task Code_runs_after_configuration_and_may_override_it()
    {
        await using var app = await TestApp.StartAsync(setup => setup.WithBuilder(builder =>
        {
            builder.Services.AddScouthook(options => options.Sources["DEFAULT"].Secrets.Add("more"));
            builder.Services.PostConfigure<ScouthookOptions>(options => options.Sources["default"].Path = "/late");
        }));
        var first = Some.Request();
        var more = Some.Request(secret: "more");
        first.Path = more.Path = "/late";

        Assert.Equal(200, await app.StatusAsync(first));
        Assert.Equal(200, await app.StatusAsync(more));
    }

    [Fact]
    public async Task Each_source_has_its_own_path_and_secrets()
    {
        await using var app = await TestApp.StartAsync(setup => setup
            .With("Scouthook:Sources:shop:Secrets:0", "shop secret")
            .With("Scouthook:Sources:club:Secrets:0", "club secret")
            .With("Scouthook:Sources:club:Path", "/club/in"));
        var requests =
            from path in (string[])["/webhook", "/webhook/shop", "/club/in"]
            from secret in (string[])[Some.Secret, "shop secret", "club secret"]
            select (path, secret);
        var accepted = new List<string>();

        foreach (var (path, secret) in requests)
        {
            var request = Some.Request(secret: secret);
            request.Path = path;
            if (await app.StatusAsync(request) == 200)
            {
                accepted.Add($"{path} {secret}");
            }
        }

        Assert.Equal([$"/webhook {Some.Secret}", "/webhook/shop shop secret", "/club/in club secret"], accepted);
        Assert.Equal(["default", "shop", "club"], app.Seen.Select(seenEvent => seenEvent.Source));
    }

    [Fact]
    public async Task Second_AddScouthook_has_no_effect()
    {
        await using var app = await TestApp.StartAsync(setup => setup.WithBuilder(builder =>
        {
            builder.Services.AddScouthook();
            builder.Services.AddScouthook(_ => { });
        }));

        Assert.Equal(200, await app.StatusAsync(Some.Request()));
        Assert.Single(app.Seen);
        Assert.Equal(1, app.Logs.Count(1201));
    }

    [Fact]
    public async Task Missing_service_of_a_handler_class_prevents_startup_in_production()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(
            setup => setup.Scouthook = scouthook => scouthook.AddHandler<TagEvent, CountingHandler>()));

        Assert.Contains(
            $"Handler {nameof(CountingHandler)} cannot be created: {typeof(CountingHandler)} needs {typeof(Made)}",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_class_is_created_per_event_with_scoped_services()
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Record = false;
            setup.Scouthook = scouthook => scouthook.AddHandler<TagEvent, CountingHandler>();
            setup.Builder = builder => builder.Services.AddSingleton<Made>();
        });

        await app.StatusAsync(Some.Request());
        await app.StatusAsync(Some.Request(eventName: "tag.updated"));

        Assert.Equal(2, app.Services.GetRequiredService<Made>().Handlers.Distinct().Count());
    }

    [Fact]
    public async Task Expiry_may_have_fractional_seconds_and_any_time_zone()
    {
        foreach (var instant in (string[])["2099-01-01T00:00:00Z", "2099-01-01T00:00:00.123Z", "2099-01-01T00:00-08:00"])
        {
            await using var app = await TestApp.StartAsync(setup => setup.WithoutSecret()
                .With(Secrets + ":0:Value", Some.Secret).With(Secrets + ":0:ExpiresAt", instant));

            Assert.Equal(200, await app.StatusAsync(Some.Request()));
        }
    }

    [Fact]
    public async Task Secret_file_path_may_be_relative_to_the_content_root()
    {
        _folder.Replace("secret.txt", Some.Secret + "\n");
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.ContentRoot = _folder.Path;
            setup.WithoutSecret().With(Secrets + ":0:File", "secret.txt");
        });

        Assert.Equal(200, await app.StatusAsync(Some.Request()));
    }

    private sealed class Made
    {
        public List<CountingHandler> Handlers { get; } = [];
    }

    private sealed class CountingHandler(Made made) : Scouthook.Handling.IHelpScoutEventHandler<TagEvent>
    {
        public Task HandleAsync(
            TagEvent helpScoutEvent, Scouthook.Handling.EventContext context, CancellationToken cancellationToken)
        {
            made.Handlers.Add(this);
            return Task.CompletedTask;
        }
    }

    private sealed class CountingSource : ConfigurationProvider, IConfigurationSource
    {
        public int Loads { get; private set; }

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        public override void Load()
        {
            Loads++;
            Set(Some.SecretKey, Some.Secret);
        }
    }
}
