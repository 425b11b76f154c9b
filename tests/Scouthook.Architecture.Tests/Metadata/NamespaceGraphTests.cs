namespace Scouthook.Architecture.Tests.Metadata;

public sealed class NamespaceGraphTests
{
    private const string Fixtures = "Scouthook.Architecture.Tests.Fixtures";

    private static readonly IReadOnlyList<TypeUse> Uses = AssemblyUses.Read(typeof(NamespaceGraphTests).Assembly.Location);

    [Theory]
    [InlineData("TwoWay", "Order uses Customer", "Customer uses Order")]
    [InlineData("InMethodBody", "Report uses Formatter", "Formatter uses Printer")]
    [InlineData("InLambda", "Printer uses Formatter", "Formatter uses Printer")]
    [InlineData("InAsyncMethod", "Printer uses Formatter", "Formatter uses Printer")]
    [InlineData("FullNames", "Printer uses Formatter", "Formatter uses Printer")]
    [InlineData("InTypeArgument", "Printer uses Formatter", "Formatter uses Printer")]
    [InlineData("InAttribute", "Page uses Formatter", "Formatter uses PrintedByAttribute")]
    public void Two_namespaces_that_use_each_other_are_found_with_the_types_involved(string fixture, string there, string back)
    {
        var graph = GraphOf(fixture);

        var cycle = graph.ShortestCycle();

        Assert.Equal([$"{Fixtures}.{fixture}.First", $"{Fixtures}.{fixture}.Second"], cycle);
        Assert.Equal(
            $"""
            Cycle of 2 namespaces:
              {cycle[0]} uses {cycle[1]}
                {there}
              {cycle[1]} uses {cycle[0]}
                {back}

            """,
            graph.Describe(cycle));
    }

    [Fact]
    public void Cycle_of_three_namespaces_is_found()
    {
        var graph = GraphOf("Ring");

        var cycle = graph.ShortestCycle();

        Assert.Equal([$"{Fixtures}.Ring.First", $"{Fixtures}.Ring.Second", $"{Fixtures}.Ring.Third"], cycle);
        Assert.Contains("Address uses Order", graph.Describe(cycle), StringComparison.Ordinal);
    }

    [Fact]
    public void Namespaces_used_in_only_one_direction_have_no_cycle()
    {
        var graph = GraphOf("Acyclic");

        Assert.Empty(graph.ShortestCycle());
        Assert.Contains(Uses, use => use.From.ToString() == $"{Fixtures}.Acyclic.First.Order" && use.To.Name == "Address");
    }

    [Fact]
    public void Shortest_of_several_cycles_is_reported()
    {
        var graph = new NamespaceGraph(
        [
            Use("A", "B"), Use("B", "C"), Use("C", "A"),
            Use("C", "D"), Use("D", "C"),
        ]);

        Assert.Equal(["C", "D"], graph.ShortestCycle());
    }

    private static NamespaceGraph GraphOf(string fixture) =>
        new(Uses.Where(use => use.From.Namespace.StartsWith($"{Fixtures}.{fixture}.", StringComparison.Ordinal)));

    private static TypeUse Use(string from, string to) => new(new TypeName(from, "Type"), new TypeName(to, "Type"));
}
