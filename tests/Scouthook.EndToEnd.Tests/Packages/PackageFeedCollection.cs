namespace Scouthook.EndToEnd.Tests.Packages;

[CollectionDefinition]
public sealed class PackageFeedCollection : ICollectionFixture<PackageFeed>;
