namespace Scouthook.Benchmarks.Servers;

/// <summary>
/// The servers and clients that are compared, beside the gateway. Each runs in a process of its own, as the gateway does: this
/// program, started with the name of one.
/// </summary>
internal static class Yardsticks
{
    /// <summary>The argument before the name.</summary>
    public const string Argument = "yardstick";

    public const string Announcement = "listens at ";

    public const string LeastDurable = "least-durable";
    public const string BareKestrel = "bare-kestrel";
    public const string OneHandler = "one-handler";
    public const string HandlerOfAll = "handler-of-all";
    public const string Octokit = "octokit";
    public const string Client = "client";

    /// <summary>This program, also where it was started as <c>dotnet Scouthook.Benchmarks.dll</c>.</summary>
    private static string Program => Path.Combine(AppContext.BaseDirectory, typeof(Yardsticks).Assembly.GetName().Name!);

    /// <summary>Starts one and waits until it is ready.</summary>
    public static Task<ChildProcess> StartAsync(string name, params string[] arguments) => ChildProcess.StartAsync(
        Program,
        [Argument, name, .. arguments],
        Announcement,
        // As in the gateway: idle threads of the pool don't spin, which would be counted as work.
        ("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0"));

    /// <summary>Runs one until its process is killed or its input ends.</summary>
    public static Task<int> RunAsync(string[] arguments) => arguments switch
    {
        [LeastDurable, var folder] => LeastDurableServer.RunAsync(folder),
        [BareKestrel] => EndpointServers.RunBareKestrelAsync(),
        [OneHandler] => EndpointServers.RunWithoutStoreAsync(handlesAll: false),
        [HandlerOfAll] => EndpointServers.RunWithoutStoreAsync(handlesAll: true),
        [Octokit] => EndpointServers.RunOctokitAsync(),
        [Client] => BareClient.RunAsync(),
        _ => throw new ArgumentException($"Unknown yardstick: {string.Join(' ', arguments)}"),
    };
}
