namespace Scouthook.Dashboard.Tests.Support;

/// <summary>Tests that take turns with the shared gateway: each knows what is in it.</summary>
[CollectionDefinition(Name)]
public sealed class DashboardCollection
{
    public const string Name = "Shared gateway";
}
