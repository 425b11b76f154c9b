using System.Security.Cryptography;
using System.Text.Json;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Reconciling;

/// <summary>Identifies the content of a declaration, so that nodes recognise the same one.</summary>
/// <remarks>
/// Secrets are left out: the fingerprint is stored in the clear, and would let anyone who has the database test guesses.
/// </remarks>
internal static class DeclarationFingerprint
{
    private const int Bytes = 16;

    /// <param name="endpoints">The declared endpoints, in any order.</param>
    public static string Of(IEnumerable<DesiredEndpoint> endpoints)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(endpoints
            .OrderBy(endpoint => endpoint.Definition.Name, StringComparer.OrdinalIgnoreCase)
            .Select(endpoint => new { endpoint.Definition, endpoint.Start, endpoint.IsSecretDeclared }));
        return Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, Bytes));
    }
}
