using Xunit.v3;

// Tests mostly wait: for a process to start, for a delivery, for a clock.
[assembly: Parallelization(MaxThreads = 4)]

namespace Scouthook.Gateway.Tests.Support;

/// <summary>
/// Tests that use the whole machine: with a load as high as it can take, or none of which may be refused or late. Beside
/// others they would fail for want of a processor, and so would those.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
