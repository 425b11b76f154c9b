using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Primitives;
using Scouthook.Settings;

namespace Scouthook.Gateway.Configuration;

/// <summary>A JSON file as a configuration source, compared by content every two seconds.</summary>
/// <remarks>
/// The framework's own source needs a file watcher: it raises no event when a ConfigMap swaps a link, cannot start
/// where no inotify instance is left, and watches the whole directory. It treats a missing or half-written file as
/// empty; here the last valid content stays, and the problem is reported.
/// </remarks>
internal sealed class PollingJsonFile(string path, bool isOptional, TimeProvider timeProvider)
    : IConfigurationSource, IConfigurationProvider, IConfigurationFile, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

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

    /// <exception cref="InvalidDataException">The file is not valid JSON.</exception>
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

            _bytes = Read();
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

            _timer = timeProvider.CreateTimer(_ => Check(), null, Period, Period);
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
            var bytes = Read();
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
        catch (Exception exception) when (
            exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Problem = exception is InvalidDataException
                ? $"The file {path} is not valid JSON ({exception.InnerException?.Message})."
                : $"The file {path} cannot be read ({exception.GetType().Name}).";
            return Problem != before;
        }
    }

    /// <returns>The content; <see langword="null"/> if there is no file.</returns>
    private byte[]? Read()
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
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

    private JsonStreamConfigurationProvider Parse(byte[] bytes) => Parse(bytes, path);

    private static JsonStreamConfigurationProvider Parse(byte[] bytes, string path)
    {
        var provider = new JsonStreamConfigurationProvider(
            new JsonStreamConfigurationSource { Stream = new MemoryStream(bytes) });
        try
        {
            provider.Load();
            return provider;
        }
        catch (Exception exception) when (exception is FormatException or System.Text.Json.JsonException)
        {
            throw new InvalidDataException($"Failed to load configuration from file '{path}'.", exception);
        }
    }
}
