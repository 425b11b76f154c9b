namespace Scouthook.Inbox.Model;

/// <summary>The outcome of declaring endpoints.</summary>
internal enum DeclarationOutcome
{
    /// <summary>The stored endpoints match the declaration.</summary>
    Applied,

    /// <summary>Another node declares something newer; nothing was changed.</summary>
    Superseded,
}
