using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Scouthook.Gateway.Tests.Support.LongestFirst))]

namespace Scouthook.Gateway.Tests.Support;

/// <summary>Starts the tests that wait longest before the others; started last, they would run on by themselves.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] First =
        ["Scouthook.Gateway.Tests.Clocks.", "Scouthook.Gateway.Tests.Durability.ChaosTests", "Scouthook.Gateway.Tests.Nodes."];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection =>
            First.Any(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))];
}
