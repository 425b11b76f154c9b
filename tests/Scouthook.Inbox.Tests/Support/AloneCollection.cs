namespace Scouthook.Inbox.Tests.Support;

/// <summary>Tests that measure time, so nothing else may run in parallel.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
