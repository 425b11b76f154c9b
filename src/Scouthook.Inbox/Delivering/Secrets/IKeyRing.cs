using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Scouthook.Inbox.Delivering.Secrets;

/// <summary>The keys that encrypt secrets: files in the data directory, or rows in a database that nodes share.</summary>
internal interface IKeyRing : IXmlRepository
{
    /// <summary>Describes where the keys are, for an operator.</summary>
    string Location { get; }

    /// <returns>The problem with the keys and its remedy; <see langword="null"/> if all can be read.</returns>
    string? FindDamage();

    /// <summary>Returns a value that changes with the keys.</summary>
    string Fingerprint();
}
