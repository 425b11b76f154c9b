namespace Scouthook.Cli.Emulating;

/// <summary>An action as the page posts it. What an action does not require is picked at random.</summary>
internal sealed record ActionRequest
{
    /// <summary>The conversation, chat, customer, tag, organization or user that the action is about.</summary>
    public string? Id { get; init; }

    /// <summary>The new value: a status, tag, rating, name, or the id of a user, team, inbox or conversation.</summary>
    public string? Value { get; init; }

    public string? Subject { get; init; }

    /// <summary>The text of a message.</summary>
    public string? Text { get; init; }

    /// <summary>The address of a customer who writes or is created.</summary>
    public string? Email { get; init; }
}
