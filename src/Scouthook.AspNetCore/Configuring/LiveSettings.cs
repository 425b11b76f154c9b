using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>The settings in force. Invalid ones stop the app at start; later, the last valid ones stay.</summary>
/// <remarks>
/// The framework's options monitor throws in every request after an invalid reload. A typing mistake in a running
/// system must not lose events, so here the mistake is logged and shows in the health check, and nothing else happens.
/// </remarks>
internal sealed class LiveSettings : IDisposable
{
    private static readonly TimeSpan FilePeriod = TimeSpan.FromSeconds(2);

    private readonly IConfiguration _configuration;
    private readonly IConfigureOptions<ScouthookOptions>[] _configure;
    private readonly IPostConfigureOptions<ScouthookOptions>[] _postConfigure;
    private readonly string _contentRoot;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<LiveSettings> _logger;
    private readonly IDisposable _configurationChanges;
    private readonly ITimer _fileChanges;
    private readonly Lock _reloading = new();
    private volatile ReceiverSettings _current;
    private readonly ConcurrentDictionary<FileConfigurationProvider, IChangeToken> _brokenFiles = new();
    private ImmutableArray<string> _files = [];
    private string _fileContents = "";

    public LiveSettings(
        IConfiguration configuration,
        IEnumerable<IConfigureOptions<ScouthookOptions>> configure,
        IEnumerable<IPostConfigureOptions<ScouthookOptions>> postConfigure,
        IHostEnvironment environment,
        TimeProvider timeProvider,
        ILogger<LiveSettings> logger)
    {
        _configuration = configuration;
        _configure = [.. configure];
        _postConfigure = [.. postConfigure];
        _contentRoot = environment.ContentRootPath;
        _timeProvider = timeProvider;
        _logger = logger;

        var mistakes = new List<string>();
        _current = Build(mistakes) ?? throw Invalid(mistakes);
        WatchForBrokenFiles();
        _configurationChanges = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        _fileChanges = timeProvider.CreateTimer(_ => LookAtFiles(), null, FilePeriod, FilePeriod);
    }

    /// <summary>The settings in force now; ask anew for every request.</summary>
    public ReceiverSettings Current => _current;

    /// <summary>What was wrong with the newest configuration, if it was not taken.</summary>
    public ImmutableArray<string> Mistakes { get; private set; } = [];

    public void Dispose()
    {
        _configurationChanges.Dispose();
        _fileChanges.Dispose();
        foreach (var source in _current.Sources.Values)
        {
            source.Secrets.Dispose();
        }
    }

    private void Reload()
    {
        lock (_reloading)
        {
            var mistakes = new List<string>();
            ReceiverSettings? next = null;
            try
            {
                if (!AnyFileIsBroken(mistakes))
                {
                    next = Build(mistakes);
                }
            }
            catch (Exception problem)
            {
                // Code of the app that configures options may throw anything; the settings in force stay.
                next = null;
                mistakes.Add($"Configuring failed with {problem.GetType().Name}.");
            }

            if (next is null)
            {
                Mistakes = [.. mistakes];
                ReceiveLog.ReloadRefused(_logger, string.Join(' ', mistakes));
                return;
            }

            var previous = _current;
            _current = next;
            Mistakes = [];
            ReceiveLog.Reloaded(_logger, next.Sources.Count);
            foreach (var source in previous.Sources.Values)
            {
                source.Secrets.Dispose();
            }
        }
    }

    private ReceiverSettings? Build(List<string> mistakes)
    {
        var options = new ScouthookOptions();
        new ConfigurationReader(_configuration, mistakes).Read(options);
        foreach (var configure in _configure)
        {
            configure.Configure(options);
        }

        foreach (var configure in _postConfigure)
        {
            configure.PostConfigure(Options.DefaultName, options);
        }

        _files = [.. options.Sources.Values.SelectMany(source => source.Secrets)
            .Select(secret => secret.File).OfType<string>()];
        _fileContents = ReadFiles();
        return new SettingsBuilder(_contentRoot, _timeProvider, mistakes).Build(options);
    }

    private static OptionsValidationException Invalid(List<string> mistakes) =>
        new(ScouthookOptions.SectionName, typeof(ScouthookOptions), mistakes);

    // Looked at by content and not by time stamp: mounted secrets change by swapping a link.
    private void LookAtFiles()
    {
        if (!_files.IsEmpty && ReadFiles() != _fileContents)
        {
            Reload();
        }
    }

    private string ReadFiles() => string.Join('\0', _files.Select(file =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(_contentRoot, file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return problem.GetType().Name;
        }
    }));

    /// <summary>Has a configuration file that cannot be read any more logged: the framework keeps that to itself.</summary>
    private void WatchForBrokenFiles()
    {
        foreach (var provider in _configuration.Providers().OfType<FileConfigurationProvider>())
        {
            var previous = provider.Source.OnLoadException;
            provider.Source.OnLoadException = context =>
            {
                previous?.Invoke(context);
                _brokenFiles[provider] = provider.GetReloadToken();
                Mistakes = [CannotBeRead(provider)];
                ReceiveLog.FileUnreadable(_logger, provider.Source.Path, context.Exception.GetType().Name);
            };
        }
    }

    /// <summary>Whether a configuration file could not be read and has not been read since.</summary>
    /// <remarks>
    /// The framework counts such a file as empty. Settings below it, a secret replaced long ago among them, would come
    /// to light if something else now led to a reload.
    /// </remarks>
    private bool AnyFileIsBroken(List<string> mistakes)
    {
        foreach (var (provider, lastRead) in _brokenFiles)
        {
            if (lastRead.HasChanged)
            {
                _brokenFiles.TryRemove(provider, out _);
            }
            else
            {
                mistakes.Add(CannotBeRead(provider));
                _fileContents = ReadFiles();
            }
        }

        return !_brokenFiles.IsEmpty;
    }

    private static string CannotBeRead(FileConfigurationProvider provider) =>
        $"The file {provider.Source.Path} cannot be read.";
}
