using System.Globalization;
using System.Text.Json.Nodes;

namespace Scouthook.Gateway.Tests.Receiving;

/// <summary>Rotates the secret as docs/operations.md describes, while events keep arriving.</summary>
public sealed class SecretRotationTests : IDisposable
{
    private const string Old = "the-old-secret-of-the-webhook";
    private const string New = "the-new-secret-of-the-webhook";
    private const int PerSecond = 400;

    private readonly Folder _folder = new();
    private readonly int _step = Rounds.Of(60, 1_500);
    private volatile Func<string> _secret = () => Old;

    public void Dispose() => _folder.Dispose();

    /// <summary>How the file is changed.</summary>
    public enum Way
    {
        /// <summary>Overwritten, as an editor may do.</summary>
        InPlace,

        /// <summary>Replaced atomically, as careful tools do.</summary>
        AtOnce,

        /// <summary>Behind a symlink that is pointed at another file, as Kubernetes does.</summary>
        Link,
    }

    [Fact]
    public async Task No_request_is_rejected_while_the_secret_in_the_configuration_file_is_rotated()
    {
        var random = new Random(1);
        var (old, next) = (Old, New);
        _folder.Replace("scouthook.json", Config(old));
        await using var gateway = await StartAsync();
        await UnderLoadAsync(gateway, async load =>
        {
            foreach (var way in Enum.GetValues<Way>())
            {
                await SomeAsync(load);

                Write("scouthook.json", Config(next, (old, DateTimeOffset.UnixEpoch.AddYears(200))), way);
                await TakenAsync(gateway, 2);
                _secret = () => random.Next(2) == 0 ? old : next;
                await SomeAsync(load);

                _secret = () => next;
                await SomeAsync(load);
                await ComesAsync(load);

                Write("scouthook.json", Config(next), way);
                await TakenAsync(gateway, 1);
                await SomeAsync(load);

                Assert.Equal(401, (await gateway.SendAsync(Some.Event(-1).Request(old))).Status);
                (old, next) = (next, $"{New}-{way}");
                var current = old;
                _secret = () => current;
            }
        });
    }

    [Fact]
    public async Task No_request_is_rejected_while_the_secret_is_rotated_in_two_files()
    {
        var random = new Random(2);
        _folder.Replace("current", Old + "\n");
        _folder.Replace("previous", Old + "\n");
        _folder.Replace("scouthook.json", Config(new JsonArray(
            new JsonObject { ["File"] = _folder["current"] }, new JsonObject { ["File"] = _folder["previous"] })));
        await using var gateway = await StartAsync();
        await UnderLoadAsync(gateway, async load =>
        {
            await SomeAsync(load);

            _folder.Replace("current", New + "\n");
            await TakenAsync(gateway, 2);
            _secret = () => random.Next(2) == 0 ? Old : New;
            await SomeAsync(load);

            _secret = () => New;
            await SomeAsync(load);
            await ComesAsync(load);

            _folder.Replace("previous", New + "\n");
            await TakenAsync(gateway, 1);
            await SomeAsync(load);
        });

        Assert.Equal(401, (await gateway.SendAsync(Some.Event(-1).Request(Old))).Status);
        Assert.Equal(200, (await gateway.SendAsync(Some.Event(-2).Request(New))).Status);
    }

    [Fact]
    public async Task Secret_is_rejected_from_the_moment_it_expires()
    {
        _folder.Replace("scouthook.json", Config(Old));
        await using var gateway = await StartAsync();

        // A whole second, so that it expires soon but not before the file is read.
        _folder.Replace("scouthook.json", Config(New, (Old, TimeProvider.System.GetUtcNow().AddSeconds(3))));
        await TakenAsync(gateway, 2);

        Assert.Equal(200, (await gateway.SendAsync(Some.Event(1).Request(New))).Status);
        await Eventually.AnswersTrueAsync(
            async () => (await gateway.SendAsync(Some.Event(2).Request(Old))).Status == 401, "the old secret expires");
        Assert.Equal(200, (await gateway.SendAsync(Some.Event(3).Request(New))).Status);
    }

    private Task<HostedGateway> StartAsync() => HostedGateway.StartAsync(
        new GatewaySetup { Folder = _folder.Path, Secrets = [], Arguments = ["--config", _folder["scouthook.json"]] });

    private async Task UnderLoadAsync(HostedGateway gateway, Func<Load, Task> change)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var load = new Load(gateway.Port, Some.Events(int.MaxValue), PerSecond, () => _secret());
        var running = load.RunAsync(8, enough.Token);
        await change(load);
        await enough.CancelAsync();
        await running;

        Assert.True(
            load.Refused.IsEmpty, $"{load.Refused.Count} of {load.Sent.Count} requests were refused:\n{gateway.Output}");
        Store.Holds(gateway.Setup.Database, load.Acknowledged, load.Sent.ContainsKey);
        Assert.DoesNotContain("[1203]", gateway.Output, StringComparison.Ordinal);
        Figures.Print($"{load.Acknowledged.Count} requests, none rejected, each stored once");
    }

    private Task SomeAsync(Load load)
    {
        var before = load.Acknowledged.Count;
        return Eventually.TrueAsync(() => load.Acknowledged.Count >= before + _step, "events are being acknowledged");
    }

    /// <summary>Waits until no earlier signed request is in flight, that is, until every connection has got a response.</summary>
    private static Task ComesAsync(Load load)
    {
        var sent = load.Sent.Count;
        return Eventually.TrueAsync(() => load.Acknowledged.Count >= sent, "everything signed so far is answered");
    }

    /// <summary>Waits until the API shows the fingerprints of the trusted secrets.</summary>
    private static Task TakenAsync(HostedGateway gateway, int secrets) => Eventually.AnswersTrueAsync(
        async () => (await gateway.Client.JsonAsync("/api/v1/sources"))["items"]![0]!["secrets"]!.AsArray()
            .Select(it => (string?)it!["fingerprint"]).Distinct().Count() == secrets,
        $"the gateway trusts {secrets} secrets");

    private void Write(string name, string text, Way way)
    {
        switch (way)
        {
            case Way.InPlace:
                File.WriteAllText(_folder[name], text);
                break;
            case Way.AtOnce:
                _folder.Replace(name, text);
                break;
            default:
                var target = string.Create(CultureInfo.InvariantCulture, $"version-{Directory.GetFiles(_folder.Path).Length}.json");
                File.WriteAllText(_folder[target], text);
                _folder.Link(name, target);
                break;
        }
    }

    private static string Config(string current, params (string Text, DateTimeOffset ExpiresAt)[] previous) => Config(new JsonArray(
    [
        JsonValue.Create(current),
        .. previous.Select(it => new JsonObject
        {
            ["Value"] = it.Text,
            ["ExpiresAt"] = it.ExpiresAt.ToString("O", CultureInfo.InvariantCulture),
        }),
    ]));

    private static string Config(JsonArray secrets) => new JsonObject
    {
        ["Scouthook"] = new JsonObject
        {
            ["Sources"] = new JsonObject { ["default"] = new JsonObject { ["Secrets"] = secrets } },
        },
    }.ToJsonString();
}
