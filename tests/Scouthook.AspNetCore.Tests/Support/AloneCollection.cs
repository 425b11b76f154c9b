namespace Scouthook.AspNetCore.Tests.Support;

/// <summary>Tests that measure the process, so nothing else may run in parallel.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
