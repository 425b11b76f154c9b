namespace TypedHandlers;

/// <summary>A team that reads the console.</summary>
internal sealed class ConsoleTeamChat : ITeamChat
{
    public Task SayAsync(string message, CancellationToken cancellationToken) =>
        Console.Out.WriteLineAsync(message.AsMemory(), cancellationToken);
}
