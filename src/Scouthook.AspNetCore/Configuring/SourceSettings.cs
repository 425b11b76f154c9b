using Scouthook.Signing;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>One source as it is in force: validated, its secrets ready for use.</summary>
internal sealed record SourceSettings(string Name, string Path, SigningSecrets Secrets, bool Deduplicate);
