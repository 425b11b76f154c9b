using System.Globalization;
using System.Text.Json.Nodes;
using Scouthook.Cli.CommandLine;
using Scouthook.Cli.Managing;
using Scouthook.Cli.Registering;
using Scouthook.Registrations;
using Scouthook.Registrations.Comparing;
using Scouthook.Registrations.Model;

namespace Scouthook.Cli.Rotating;

/// <summary>Rotates the secret of a source, in the gateway and in Help Scout, without rejecting a genuine event.</summary>
/// <remarks>
/// The order matters: first the gateway accepts the new secret, then Help Scout signs with it, and only then the earlier
/// ones get an end, which is as far away as retries may still be signed with them. Whatever fails, everything that Help Scout
/// may sign with is accepted, and running it once more completes the rotation.
/// </remarks>
internal sealed class SecretRotation(ManagementClient gateway, HelpScoutClient helpScout, TimeProvider timeProvider)
{
    private readonly List<long> _updated = [];

    /// <summary>Rotates the secret.</summary>
    /// <param name="source">The name of the source.</param>
    /// <param name="ids">The registrations to change; if empty, those that call the path of the source.</param>
    /// <param name="overlap">How long the earlier secrets stay valid.</param>
    /// <param name="text">The new secret; <see langword="null"/> to let the gateway generate one.</param>
    /// <param name="cancellationToken">Cancels the rotation before it changes anything; once it has, it is completed.</param>
    /// <exception cref="CommandFailedException">A step failed; the message describes the state and what to do.</exception>
    public async Task<RotatedSecret> RunAsync(
        string source, IReadOnlyList<long> ids, TimeSpan overlap, string? text, CancellationToken cancellationToken)
    {
        var found = (await gateway.ItemsAsync("sources", cancellationToken)).FirstOrDefault(
            item => source.Equals((string?)item["name"], StringComparison.OrdinalIgnoreCase) && item["path"] is not null)
            ?? throw new CommandFailedException($"The gateway has no source {source}. Nothing was changed.");
        var registrations = await FindAsync((string)found["path"]!, ids, cancellationToken);
        var earlier = found["secrets"]!.AsArray().Select(secret => new EarlierSecret(
            (string)secret!["fingerprint"]!,
            secret["expiresAt"] is { } end ? DateTimeOffset.Parse((string)end!, CultureInfo.InvariantCulture) : null)).ToList();

        cancellationToken.ThrowIfCancellationRequested();
        var added = await gateway.PostAsync(
            SecretsOf(source), text is null ? null : new JsonObject { ["secret"] = text }, CancellationToken.None);
        var (secret, fingerprint) = ((string)added["secret"]!, (string)added["fingerprint"]!);
        foreach (var registration in registrations)
        {
            await UpdateAsync(registration, secret, fingerprint, source);
        }

        var ended = await EndAsync(source, earlier, overlap, fingerprint);
        return new RotatedSecret(source, fingerprint, _updated, ended);
    }

    private async Task<IReadOnlyList<WebhookRegistration>> FindAsync(
        string path, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        try
        {
            var all = await helpScout.ListAsync(cancellationToken);
            if (ids.Except(all.Select(registration => registration.Id)).ToList() is { Count: > 0 } unknown)
            {
                throw new CommandFailedException($"Help Scout has no webhook {string.Join(", ", unknown)}. Nothing was changed.");
            }

            List<WebhookRegistration> ours = ids.Count > 0
                ? [.. all.Where(registration => ids.Contains(registration.Id))]
                : [.. RegistrationComparison.CompareUndeclared(path, all).Select(one => one.Actual).OfType<WebhookRegistration>()];
            return ours.Count > 0 ? ours : throw new CommandFailedException(
                $"No webhook in Help Scout calls a URL that ends with {path}. Nothing was changed. Pass the id of the webhook with --id.");
        }
        catch (HelpScoutApiException exception)
        {
            throw new CommandFailedException($"{exception.Message} Nothing was changed.");
        }
    }

    private async Task UpdateAsync(WebhookRegistration registration, string secret, string fingerprint, string source)
    {
        try
        {
            await helpScout.UpdateAsync(registration.Id, registration.ToRequest(secret), CancellationToken.None);
            _updated.Add(registration.Id);
        }
        catch (HelpScoutApiException exception)
        {
            var done = _updated.Count > 0 ? $" Webhooks that already have the new one: {string.Join(", ", _updated)}." : "";
            throw new CommandFailedException(
                $"Webhook {registration.Id} was not changed: {exception.Message}{RegistrationId.EventAdvice(registration, exception)}{done} The gateway accepts the new secret {fingerprint} beside "
                    + "the earlier ones, none of which was ended, so no event is rejected. Fix the cause and run the command again; it "
                    + $"starts over with another secret. To give up, end the new one: DELETE /api/v1/sources/{source}/secrets/{fingerprint}, "
                    + "unless a webhook already has it.");
        }
    }

    private async Task<IReadOnlyList<EarlierSecret>> EndAsync(
        string source, List<EarlierSecret> earlier, TimeSpan overlap, string fingerprint)
    {
        var end = timeProvider.GetUtcNow() + overlap;
        var ended = new List<EarlierSecret>();
        foreach (var secret in earlier.Where(secret => secret.ExpiresAt is not { } before || before > end))
        {
            try
            {
                await gateway.PatchAsync(
                    $"{SecretsOf(source)}/{secret.Fingerprint}",
                    new JsonObject { ["expiresAt"] = end.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) },
                    CancellationToken.None);
                ended.Add(secret with { ExpiresAt = end });
            }
            catch (ManagementException exception)
            {
                throw new CommandFailedException(
                    $"Help Scout signs with the new secret {fingerprint}, and the gateway accepts it, but the earlier secret "
                        + $"{secret.Fingerprint} was not ended: {exception.Message} It stays valid. Run the command again, or end it: "
                        + $"DELETE /api/v1/sources/{source}/secrets/{secret.Fingerprint}.");
            }
        }

        return ended;
    }

    private static string SecretsOf(string source) => $"sources/{Uri.EscapeDataString(source)}/secrets";
}
