using System.Security.Cryptography;
using System.Text.Json;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Reconciling;

/// <summary>Identifies the content of a declaration, so that nodes recognise the same one.</summary>
/// <remarks>
/// It covers the secrets, as a declaration that differs only in a secret is a different one. Half of a hash over everything
/// does not reveal a part of it.
/// </remarks>
internal static class DeclarationFingerprint
{
    private const int Bytes = 16;

    /// <param name="endpoints">The declared endpoints.</param>
    /// <param name="secrets">Their declared secrets, in the same order; <see langword="null"/> for a generated one.</param>
    public static string Of(IEnumerable<DesiredEndpoint> endpoints, IEnumerable<string?> secrets)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new
        {
            endpoints = endpoints
                .OrderBy(endpoint => endpoint.Definition.Name, StringComparer.OrdinalIgnoreCase)
                .Select(endpoint => new { endpoint.Definition, endpoint.Start }),
            secrets,
        });
        return Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, Bytes));
    }
}
