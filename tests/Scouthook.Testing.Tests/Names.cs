using Scouthook.Events;

namespace Scouthook.Testing.Tests;

/// <summary>The 26 event names, as rows of a theory.</summary>
internal static class Names
{
    public static TheoryData<string> All => [.. HelpScoutEventCatalog.All.Select(type => type.Name)];
}
