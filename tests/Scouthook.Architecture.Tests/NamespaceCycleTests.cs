using Scouthook.Architecture.Tests.Metadata;

namespace Scouthook.Architecture.Tests;

/// <summary>No two rooms use each other, neither directly nor through others.</summary>
public sealed class NamespaceCycleTests
{
    /// <summary>The one type of a project that registers all its services, and so uses every room.</summary>
    private static readonly Dictionary<string, string> Registrations = new()
    {
        // AddScouthook: registers receiving, settings and options with the services of an app.
        ["Scouthook.AspNetCore"] = "Microsoft.Extensions.DependencyInjection.ScouthookServiceCollectionExtensions",

        // AddInbox: registers the store and every stage that works on it.
        ["Scouthook.Inbox"] = "Microsoft.Extensions.DependencyInjection.ScouthookBuilderInboxExtensions",

        // AddScouthookManagement: registers the services shared by the API and later pages.
        ["Scouthook.Management"] = "Microsoft.Extensions.DependencyInjection.ScouthookManagementServiceCollectionExtensions",
    };

    public static TheoryData<string> Projects => [.. Repository.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_of_a_project_have_no_cycle(string project)
    {
        var uses = AssemblyUses.Read(Repository.AssemblyOf(project))
            .Where(use => use.From.ToString() != Registrations.GetValueOrDefault(project));
        var graph = new NamespaceGraph(uses);

        var cycle = graph.ShortestCycle();

        Assert.True(cycle.Count == 0, graph.Describe(cycle));
    }

    [Fact]
    public void Exempt_types_exist() => Assert.All(Registrations, registration =>
        Assert.Contains(
            AssemblyUses.Read(Repository.AssemblyOf(registration.Key)), use => use.From.ToString() == registration.Value));
}
