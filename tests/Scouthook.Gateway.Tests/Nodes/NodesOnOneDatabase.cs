namespace Scouthook.Gateway.Tests.Nodes;

/// <summary>The folder and the receiving endpoints of tests with several nodes on the shared server.</summary>
public abstract class NodesOnOneDatabase : IAsyncLifetime
{
    private protected Folder Folder { get; } = new();

    private protected Sink Sink { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Sink = await Sink.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Sink.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
