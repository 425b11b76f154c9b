namespace Scouthook.Inbox.Model;

/// <summary>The outcome of one step of work that is done in small steps.</summary>
internal enum StepOutcome
{
    /// <summary>Nothing is left to do now.</summary>
    Finished,

    /// <summary>There may be more to do at once.</summary>
    MoreToDo,
}
