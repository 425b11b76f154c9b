using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Scouthook.Handling;

namespace Scouthook.Settings;

/// <summary>
/// Holds all settings of the app as one snapshot: read once, validated together, replaced as a whole or not at all.
/// </summary>
/// <remarks>
/// Errors stop the app at startup, all of them listed. Later, any error changes nothing: it is logged, shown in the
/// health check, and the last valid snapshot stays. A typing error in a running system must not lose events.
/// </remarks>
internal sealed class SettingsMonitor : IDisposable
{
    public const string Section = "Scouthook";

    private static readonly TimeSpan FilePeriod = TimeSpan.FromSeconds(2);

    private readonly IConfiguration _configuration;
    private readonly IConfigurationSources _sources;
    private readonly ImmutableArray<ISettingsSection> _sections;
    private readonly string _root;
    private readonly ILogger<SettingsMonitor> _logger;
    private readonly Lock _reloading = new();
    private readonly List<IDisposable> _subscriptions = [];
    private ImmutableArray<Action> _listeners = [];
    private ConfigurationCopy? _inForce;
    private volatile SettingsSnapshot? _current;
    private SettingsFiles _files;
    private string _fileProblems = "";
    private Dictionary<string, string> _needRestart = [];
    private bool _disposed;

    /// <exception cref="OptionsValidationException">The settings are invalid; all errors are listed.</exception>
    public SettingsMonitor(
        IConfiguration configuration,
        IConfigurationSources sources,
        IEnumerable<ISettingsSection> sections,
        TimeProvider timeProvider,
        ILogger<SettingsMonitor> logger,
        IHostEnvironment? environment = null)
    {
        _configuration = configuration;
        _sources = sources;
        _sections = [.. sections];
        _root = environment?.ContentRootPath ?? Directory.GetCurrentDirectory();
        _logger = logger;
        _files = new SettingsFiles(_root);
        ReadAtStart();

        _subscriptions.Add(ChangeToken.OnChange(configuration.GetReloadToken, Reload));
        foreach (var change in _sections.SelectMany(section => section.Changes))
        {
            _subscriptions.Add(ChangeToken.OnChange(change, Reload));
        }

        if (!ConfigurationCopy.Of(_sources, configuration, Section).SaysTheSameAs(_inForce!))
        {
            // It changed after it was read and before changes were watched.
            Reload();
        }

        _subscriptions.Add(LogGuard.StartTimer(timeProvider, CheckFiles, FilePeriod));
    }

    /// <summary>The current settings.</summary>
    public SettingsSnapshot Current => _current!;

    /// <summary>The errors in the present configuration, if it is not in effect.</summary>
    public ImmutableArray<string> Mistakes { get; private set; } = [];

    /// <summary>The keys of settings that were changed and take effect at the next start.</summary>
    public ImmutableArray<string> NeedRestart { get; private set; } = [];

    /// <summary>
    /// Reads everything again, as at startup: for values set in code after the settings were first read.
    /// </summary>
    /// <exception cref="OptionsValidationException">The settings are invalid; all errors are listed.</exception>
    public void ReadAtStart()
    {
        lock (_reloading)
        {
            var previous = _current;
            var copy = ConfigurationCopy.Of(_sources, _configuration, Section);
            var draft = Read(copy, null);
            if (draft.Mistakes.Count > 0)
            {
                draft.Discard();
                throw new OptionsValidationException(Section, typeof(SettingsMonitor), draft.Mistakes);
            }

            _inForce = copy;
            _current = draft.ToSnapshot();
            previous?.Dispose();
        }
    }

    /// <summary>Calls back after each change of the current settings.</summary>
    public IDisposable OnChange(Action listener)
    {
        ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Add(listener));
        return new Subscription(() => ImmutableInterlocked.Update(ref _listeners, listeners => listeners.Remove(listener)));
    }

    public void Dispose()
    {
        lock (_reloading)
        {
            _disposed = true;
        }

        _subscriptions.ForEach(subscription => subscription.Dispose());
        _current?.Dispose();
    }

    private void Reload()
    {
        lock (_reloading)
        {
            if (_disposed)
            {
                return;
            }

            if (TryCopy() is not { } copy)
            {
                return;
            }

            if (ConfigurationFiles.Problems(_sources, copy, _inForce) is { Count: > 0 } problems)
            {
                Refuse([.. problems], areFiles: true);
                return;
            }

            _fileProblems = "";
            var draft = TryRead(copy);
            if (draft.Mistakes.Count > 0)
            {
                draft.Discard();
                Refuse([.. draft.Mistakes], areFiles: false);
                return;
            }

            Accept(copy, draft);
        }
    }

    private void Accept(ConfigurationCopy copy, SettingsDraft draft)
    {
        var previous = _current;
        _inForce = copy;
        _current = draft.ToSnapshot();
        Mistakes = [];
        foreach (var (key, value) in draft.NeedRestart)
        {
            if (_needRestart.GetValueOrDefault(key) != value)
            {
                LogGuard.Run(() => HandlingLog.NeedsRestart(_logger, key));
            }
        }

        _needRestart = draft.NeedRestart;
        NeedRestart = [.. draft.NeedRestart.Keys];
        foreach (var listener in _listeners)
        {
            Call(listener);
        }

        LogGuard.Run(() => HandlingLog.Reloaded(_logger));

        // Requests that still verify with the previous secrets finish normally.
        previous?.Dispose();
    }

    private void Call(Action listener)
    {
        try
        {
            listener();
        }
        catch (Exception exception)
        {
            // A listener of the app may throw anything; the others must still be notified.
            LogGuard.Run(() => HandlingLog.ListenerFailed(_logger, exception));
        }
    }

    /// <summary>Keeps the current settings, and logs the same errors once.</summary>
    private void Refuse(ImmutableArray<string> mistakes, bool areFiles)
    {
        var isNew = !mistakes.SequenceEqual(Mistakes);
        Mistakes = mistakes;
        _fileProblems = areFiles ? string.Join(' ', mistakes) : "";
        if (!isNew)
        {
            return;
        }

        if (areFiles)
        {
            LogGuard.Run(() => HandlingLog.FileUnreadable(_logger, _fileProblems));
        }
        else
        {
            LogGuard.Run(() => HandlingLog.ReloadRefused(_logger, string.Join(' ', mistakes)));
        }
    }

    private ConfigurationCopy? TryCopy()
    {
        try
        {
            return ConfigurationCopy.Of(_sources, _configuration, Section);
        }
        catch (Exception exception)
        {
            // A configuration source of the app may throw anything.
            Refuse([$"Reading the configuration failed with {exception.GetType().Name}."], areFiles: false);
            return null;
        }
    }

    private SettingsDraft TryRead(ConfigurationCopy copy)
    {
        var files = _files;
        try
        {
            return Read(copy, _current);
        }
        catch (Exception exception)
        {
            // Code of the app that configures or validates options may throw anything; its message may contain a
            // secret.
            _files = files;
            var draft = new SettingsDraft(null, files);
            draft.Mistakes.Add($"Reading the settings failed with {exception.GetType().Name}.");
            return draft;
        }
    }

    private SettingsDraft Read(ConfigurationCopy copy, SettingsSnapshot? inForce)
    {
        var files = _files = new SettingsFiles(_root, _files, isStart: inForce is null);
        var draft = new SettingsDraft(inForce, files);
        var root = new SettingsReader(copy, draft.Mistakes);
        root.RejectOthers([.. _sections.SelectMany(section => section.Members).Distinct()], Hint);
        try
        {
            foreach (var section in _sections)
            {
                section.Read(root, draft);
            }
        }
        catch
        {
            draft.Discard();
            throw;
        }

        return draft;
    }

    /// <summary>Explains why a section that exists elsewhere is not one here.</summary>
    private static string Hint(string section) => section.ToUpperInvariant() switch
    {
        "INBOX" or "DELIVERY" or "ENDPOINTS" => " It is used by AddInbox(), which this app does not call.",
        "HELPSCOUT" => " Each source has its own: Scouthook:Sources:<name>:HelpScout.",
        "GATEWAY" or "MANAGEMENT" => " It is a section of the gateway.",
        _ => "",
    };

    private void CheckFiles()
    {
        lock (_reloading)
        {
            if (_disposed)
            {
                return;
            }

            if (_files.HaveChanged() || FileProblems() != _fileProblems)
            {
                Reload();
            }
        }
    }

    /// <remarks>Not every broken file raises a change: the framework raises none if it cannot parse it.</remarks>
    private string FileProblems()
    {
        try
        {
            return string.Join(
                ' ',
                ConfigurationFiles.Problems(
                    _sources, ConfigurationCopy.Glance(_sources, _configuration, Section), _inForce));
        }
        catch (Exception exception)
        {
            // A configuration source of the app may throw anything; reading it again reports it.
            return exception.GetType().Name;
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
