namespace Scouthook.Registrations.Comparing;

/// <summary>The action of a plan for one registration.</summary>
public enum PlannedAction
{
    /// <summary>Nothing: it is as expected.</summary>
    None,

    /// <summary>It is created.</summary>
    Create,

    /// <summary>It is replaced with what is expected, and enabled.</summary>
    Update,
}
