using System.Globalization;

namespace Scouthook.AspNetCore.Tests.Receiving;

/// <summary>Sends a hundred megabytes of garbage. Runs alone because it measures the memory of the process.</summary>
[Collection(AloneCollection.Name)]
public sealed class FloodTests
{
    private const long Megabyte = 1024 * 1024;
    private const long Flood = 100 * Megabyte;

    [Theory]
    [InlineData(true, true, 413)]
    [InlineData(true, false, 413)]
    [InlineData(false, true, 401)]
    [InlineData(false, false, 401)]
    public async Task Endless_garbage_is_rejected_early_without_using_memory(bool withSignature, bool announced, int status)
    {
        await using var app = await TestApp.StartAsync(setup =>
            setup.With("Scouthook:Receiver:MaxBodyBytes", "250000"));
        var garbage = Some.Bytes((int)Megabyte);
        var chunk = (byte[])
        [
            .. System.Text.Encoding.ASCII.GetBytes(garbage.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"),
            .. garbage,
            .. "\r\n"u8,
        ];
        await FloodAsync();
        var before = GC.GetTotalMemory(true);
        var workingSet = Environment.WorkingSet;

        for (var round = 0; round < 3; round++)
        {
            var (answer, taken) = await FloodAsync();
            Assert.Equal(status, answer?.Status);
            // The bytes accepted beyond the limit were in the buffers of the sockets.
            Assert.InRange(taken, 0, 20 * Megabyte);
        }

        Assert.InRange(GC.GetTotalMemory(true) - before, long.MinValue, 4 * Megabyte);
        Assert.InRange(Environment.WorkingSet - workingSet, long.MinValue, 24 * Megabyte);
        Assert.Empty(app.Seen);
        Assert.Empty(app.Logs.Errors);
        await app.AssertStillReceivesAsync();

        async Task<(RawAnswer? Answer, long Taken)> FloodAsync()
        {
            using var client = await app.ConnectAsync();
            var request = new RawRequest { Announced = Flood, ChunkSize = announced ? 0 : 1 };
            if (withSignature)
            {
                request.Signed(Some.Signature("something else"u8));
            }

            await client.SendAsync(request.Head());
            var taken = 0L;
            while (taken < Flood && await client.SendAsync(announced ? garbage : chunk))
            {
                taken += garbage.Length;
            }

            return (await client.ReadAsync(), taken);
        }
    }
}
