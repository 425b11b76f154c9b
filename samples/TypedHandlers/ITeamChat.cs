namespace TypedHandlers;

/// <summary>Where the team is told things. A real app would post to its chat here.</summary>
public interface ITeamChat
{
    /// <summary>Tells the team something.</summary>
    /// <param name="message">What to say.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task SayAsync(string message, CancellationToken cancellationToken);
}
