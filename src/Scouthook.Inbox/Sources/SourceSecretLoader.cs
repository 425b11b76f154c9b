using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scouthook.Inbox.Delivering.Secrets;
using Scouthook.Inbox.Hosting;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Settings;
using Scouthook.Signing;

namespace Scouthook.Inbox.Sources;

/// <summary>Reads the stored secrets of sources: at startup, after each change on this node, and now and then for other nodes.</summary>
/// <remarks>
/// At startup they are read before anything is received, and a source without any secret stops the app. If the store cannot
/// be read yet, the app starts nevertheless, and signatures are neither accepted nor rejected until it can. It is then tried
/// every second, so that an app that starts while the store is away receives as soon as the others.
/// </remarks>
internal sealed class SourceSecretLoader(
    ISourceSecretStore store,
    SecretProtector protector,
    LiveSourceSecrets live,
    SettingsMonitor settings,
    IStoreSignal signal,
    TimeProvider timeProvider,
    ILogger<SourceSecretLoader> logger)
    : PeriodicService(Period, timeProvider, logger, signal.SourceSecrets)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _reading = new(1);

    protected override bool WaitsFirst => live.Current is not null;

    protected override bool IsUrgent => live.Current is null;

    /// <exception cref="OptionsValidationException">A source has neither a configured nor a stored secret.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReloadAsync(cancellationToken);
        }
        catch (InboxUnavailableException exception)
        {
            InboxLog.SourceSecretsPostponed(logger, exception);
        }

        if (live.Current is not null && Missing().ToList() is { Count: > 0 } missing)
        {
            throw new OptionsValidationException(
                SettingsMonitor.Section, typeof(SettingsMonitor), missing.Select(source => source.Value));
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>Reads the store, so that the next request is verified with what it has now.</summary>
    /// <exception cref="InboxUnavailableException">The store cannot be read now.</exception>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        // One after the other: what was read earlier must not replace what was read later.
        await _reading.WaitAsync(cancellationToken);
        try
        {
            live.Publish(Decrypt(await store.ReadAsync(cancellationToken)));
        }
        finally
        {
            _reading.Release();
        }
    }

    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
    }

    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        var isFirst = live.Current is null;
        await ReloadAsync(stoppingToken);
        if (isFirst)
        {
            foreach (var (source, mistake) in Missing())
            {
                InboxLog.SourceWithoutSecret(logger, source, mistake);
            }
        }

        return false;
    }

    protected override void LogPostponed(Exception exception) => InboxLog.SourceSecretsPostponed(logger, exception);

    private SourceSecretList Decrypt(StoredSourceSecrets stored)
    {
        var texts = new Dictionary<(string Source, string Fingerprint), SigningSecret>();
        foreach (var secret in stored.All)
        {
            if (secret.Secret is { } bytes && protector.UnprotectSourceSecret(bytes) is { } text)
            {
                texts.Add((secret.Source, secret.Fingerprint), new SigningSecret(text));
            }
        }

        return new SourceSecretList(stored, texts);
    }

    /// <summary>The sources without any secret, with what to report.</summary>
    private IEnumerable<KeyValuePair<string, string>> Missing() =>
        settings.Current.Find<SourcesWithoutSecrets>() is { } sources && live.Current is { } stored
            ? sources.Mistakes.Where(source => !stored.Has(source.Key))
            : [];
}
