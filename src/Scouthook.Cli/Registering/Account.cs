using Scouthook.Registrations;

namespace Scouthook.Cli.Registering;

/// <summary>The account that a command works on.</summary>
/// <param name="Client">Calls Help Scout's API.</param>
/// <param name="Source">The source that receives from it.</param>
internal sealed record Account(HelpScoutClient Client, SourceConfiguration Source);
