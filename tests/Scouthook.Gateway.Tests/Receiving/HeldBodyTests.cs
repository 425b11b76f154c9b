using System.Globalization;

namespace Scouthook.Gateway.Tests.Receiving;

/// <summary>Forged bodies of ten megabytes whose last byte never arrives.</summary>
public sealed class HeldBodyTests : IDisposable
{
    private const int Held = (10 * 1024 * 1024) - 1;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Large_incomplete_bodies_use_little_memory_release_it_and_reject_no_event()
    {
        await using var gateway = await GatewayProcess.StartAsync(new GatewaySetup { Folder = _folder.Path });
        for (var number = 0; number < 500; number++)
        {
            Assert.Equal(200, (await gateway.PostAsync(Some.Event(number))).Status);
        }

        var before = await ResidentMegabytesAsync(gateway);
        var clients = new List<RawClient>();
        var bytes = new byte[Held];
        for (var number = 0; number < 60; number++)
        {
            var client = await gateway.ConnectAsync();
            clients.Add(client);
            var request = new RawRequest { Announced = Held + 1 }.Signed(Convert.ToBase64String(new byte[20]));
            await client.SendAsync(request.Head());
            await client.SendAsync(bytes);
            Assert.Equal(200, (await gateway.PostAsync(Some.Event(1_000 + number))).Status);
        }

        var during = await ResidentMegabytesAsync(gateway);
        clients.ForEach(client => client.Dispose());
        var after = 0L;
        await Eventually.AnswersTrueAsync(
            async () => (after = await ResidentMegabytesAsync(gateway)) < before + 40, "the memory is released");

        Figures.Print($"resident: {before} MB before, {during} MB during, {after} MB after");
        Assert.InRange(during, 0, before + 150);
    }

    private static async Task<long> ResidentMegabytesAsync(GatewayProcess gateway)
    {
        const string name = "VmRSS:";
        var lines = await File.ReadAllLinesAsync($"/proc/{gateway.Id}/status", TestContext.Current.CancellationToken);
        var line = lines.Single(it => it.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
