using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scouthook.Signing;

namespace Scouthook.Management.Services.Views.Sources;

/// <summary>A secret of a source.</summary>
/// <param name="Fingerprint">Its fingerprint.</param>
/// <param name="Origin"><c>configured</c> or <c>stored</c>.</param>
/// <param name="ExpiresAt">When it ends; <see langword="null"/> for never.</param>
internal sealed record SecretView(
    string Fingerprint, [property: AllowedValues("configured", "stored")] string Origin, DateTimeOffset? ExpiresAt)
{
    /// <summary>The secret itself, only in the response that adds it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    public static SecretView From(SourceSecret secret) => From(secret.Secret.Fingerprint, secret.IsStored, secret.Secret.ExpiresAt);

    public static SecretView From(string fingerprint, bool isStored, DateTimeOffset? expiresAt) =>
        new(fingerprint, isStored ? "stored" : "configured", expiresAt);
}
