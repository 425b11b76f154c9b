using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Primitives;
using Scouthook.Handling;
using Scouthook.Settings;

namespace Scouthook.Gateway.Configuration;

/// <summary>A JSON file as a configuration source, compared by content every two seconds.</summary>
/// <remarks>
/// The framework's own source needs a file watcher: it raises no event when a ConfigMap swaps a link, cannot start
/// where no inotify instance is left, and watches the whole directory. It treats a missing or half-written file as
/// empty; here the last valid content stays, and the problem is reported. An exception in its timer would end the
/// process, so content that any reader of the configuration cannot take is rejected before it is applied.
/// </remarks>
internal sealed class PollingJsonFile(string path, bool isOptional, TimeProvider timeProvider)
    : IConfigurationSource, IConfigurationProvider, IConfigurationFile, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private const int MostBytes = 4 * 1024 * 1024;

    private readonly Lock _checking = new();
    private volatile JsonStreamConfigurationProvider _content = Parse("{}"u8.ToArray(), path);
    private byte[]? _bytes;
    private bool _wasThere;
    private bool _isPipe;
    private ConfigurationReloadToken _changed = new();
    private ITimer? _timer;

    public string? Problem { get; private set; }

    /// <summary>Creates a separate provider, because a builder disposes providers it no longer needs.</summary>
    public IConfigurationProvider Build(IConfigurationBuilder builder) =>
        new PollingJsonFile(path, isOptional, timeProvider);

    /// <exception cref="InvalidDataException">The file is not valid JSON, or contains an invalid setting of the log.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist and is not optional.</exception>
    public void Load()
    {
        lock (_checking)
        {
            if (_isPipe)
            {
                return;
            }

            if (_timer is not null)
            {
                // Reloaded with all other sources: the current content stays unless there is valid new content.
                HasChanged();
                return;
            }

            _bytes = Read(mayWait: true);
            if (_bytes is not null)
            {
                _content = Parse(_bytes);
                _wasThere = true;
            }
            else if (!isOptional)
            {
                throw new FileNotFoundException($"There is no file {path}.", path);
            }

            if (_isPipe)
            {
                // The shell's <(command) can be read once.
                return;
            }

            _timer = LogGuard.StartTimer(timeProvider, Check, Period);
        }
    }

    public bool TryGet(string key, out string? value) => _content.TryGet(key, out value);

    public void Set(string key, string? value) => _content.Set(key, value);

    public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) =>
        _content.GetChildKeys(earlierKeys, parentPath);

    public IChangeToken GetReloadToken() => _changed;

    public void Dispose() => _timer?.Dispose();

    private void Check()
    {
        lock (_checking)
        {
            if (!HasChanged())
            {
                return;
            }
        }

        Interlocked.Exchange(ref _changed, new ConfigurationReloadToken()).OnReload();
    }

    /// <summary>Applies new valid content; reports anything else as a problem.</summary>
    private bool HasChanged()
    {
        var before = Problem;
        try
        {
            var bytes = Read(mayWait: false);
            if (bytes is null)
            {
                Problem = _wasThere ? $"The file {path} is gone." : null;
                return Problem != before;
            }

            if (_wasThere && before is null && bytes.AsSpan().SequenceEqual(_bytes))
            {
                return false;
            }

            _content = Parse(bytes);
            _bytes = bytes;
            _wasThere = true;
            Problem = null;
            return true;
        }
        catch (Exception exception)
        {
            Problem = exception switch
            {
                InvalidDataException { InnerException: { } reason } => $"The file {path} is not valid JSON ({reason.Message}).",
                InvalidDataException => exception.Message,
                _ => $"The file {path} cannot be read ({exception.GetType().Name}).",
            };
            return Problem != before;
        }
    }

    /// <returns>The content; <see langword="null"/> if there is no file.</returns>
    private byte[]? Read(bool mayWait)
    {
        if (!mayWait && WaitingFile.IsAt(path))
        {
            throw new InvalidDataException($"The file {path} was replaced by a pipe or a device.");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.CanSeek && file.Length > MostBytes)
            {
                throw new InvalidDataException($"The file {path} is larger than {MostBytes} bytes.");
            }

            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            _isPipe = !file.CanSeek;
            return bytes.ToArray();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private JsonStreamConfigurationProvider Parse(byte[] bytes)
    {
        var content = Parse(bytes, path);
        using var alone = (ConfigurationRoot)new ConfigurationBuilder().AddJsonStream(new MemoryStream(bytes)).Build();
        return LoggingRules.Mistake(alone) is { } mistake
            ? throw new InvalidDataException($"The file {path} is not valid. {mistake}")
            : content;
    }

    private static JsonStreamConfigurationProvider Parse(byte[] bytes, string path)
    {
        var provider = new JsonStreamConfigurationProvider(
            new JsonStreamConfigurationSource { Stream = new MemoryStream(bytes) });
        try
        {
            provider.Load();
            return provider;
        }
        catch (Exception exception)
        {
            // Not all are format errors: half a surrogate pair, for example, is an invalid operation.
            throw new InvalidDataException($"Failed to load configuration from file '{path}'.", exception);
        }
    }
}
