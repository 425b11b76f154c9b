using System.Collections.Frozen;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>All settings in force at one moment. Replaced as a whole, never changed.</summary>
internal sealed record ReceiverSettings(FrozenDictionary<string, SourceSettings> Sources, int MaxBodyBytes);
