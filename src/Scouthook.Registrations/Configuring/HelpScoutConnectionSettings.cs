using Scouthook.Registrations.Comparing;
using Scouthook.Registrations.Model;

namespace Scouthook.Registrations.Configuring;

/// <summary>Validated settings of one source's connection to Help Scout's API.</summary>
/// <param name="Source">The name of the source.</param>
internal sealed record HelpScoutConnectionSettings(string Source)
{
    /// <summary>The credentials; <see langword="null"/> if none are configured, and nothing is watched.</summary>
    public HelpScoutCredentials? Credentials { get; init; }

    /// <summary>How often the registrations are compared with what should exist.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Allows a declared registration that Help Scout has disabled to be enabled again automatically.</summary>
    public bool Reenable { get; init; }

    /// <summary>The registrations that should exist; empty if none are declared.</summary>
    public IReadOnlyList<ExpectedRegistration> Webhooks { get; init; } = [];
}
