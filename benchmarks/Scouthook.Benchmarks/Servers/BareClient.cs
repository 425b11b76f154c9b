using System.Globalization;
using Scouthook.Benchmarks.Accepting;

namespace Scouthook.Benchmarks.Servers;

/// <summary>
/// The least that delivers: a loop that posts bodies with one <see cref="HttpClient"/>. It reads them from memory, signs
/// nothing, keeps no order, and stores no outcome.
/// </summary>
internal static class BareClient
{
    private const int Bodies = 1_000;

    /// <summary>Carries out each line of its input, "URL CONCURRENCY COUNT", and then prints "done".</summary>
    public static async Task<int> RunAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        var events = new SignedEvents(0);
        var bodies = Enumerable.Range(0, Bodies).Select(_ => events.NextBody().Body).ToArray();
        Console.WriteLine(Yardsticks.Announcement);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ');
            await PostAsync(
                client, bodies, new Uri(parts[0]),
                int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
            Console.WriteLine("done");
        }

        return 0;
    }

    private static async Task PostAsync(HttpClient client, byte[][] bodies, Uri url, int concurrency, int count)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var index && index < count)
            {
                using var content = new ByteArrayContent(bodies[index % bodies.Length]);
                using var response = await client.PostAsync(url, content);
                response.EnsureSuccessStatusCode();
            }
        })));
    }
}
