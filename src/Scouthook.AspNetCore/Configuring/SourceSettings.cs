using Scouthook.Signing;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>The current settings of one source: validated, its secrets ready for use.</summary>
internal sealed record SourceSettings(string Name, string Path, SigningSecrets Secrets, bool Deduplicate);
