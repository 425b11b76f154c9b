using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Scouthook.Inbox.Configuring;

/// <summary>A part of the configuration as it is in force. Mistakes stop the app at start; later, the last valid part stays.</summary>
internal abstract class LiveSection<T> : IDisposable
    where T : class
{
    private readonly IConfiguration _configuration;
    private readonly Func<IConfiguration, List<string>, T> _read;
    private readonly Action<string> _refused;
    private readonly IDisposable _changes;
    private volatile T _current;

    /// <param name="configuration">Where it is read from, now and whenever that changes.</param>
    /// <param name="read">Reads it, and adds every mistake with its key.</param>
    /// <param name="refused">Tells the mistakes of a change that does not take effect.</param>
    /// <exception cref="OptionsValidationException">It has mistakes.</exception>
    protected LiveSection(IConfiguration configuration, Func<IConfiguration, List<string>, T> read, Action<string> refused)
    {
        _configuration = configuration;
        _read = read;
        _refused = refused;

        var mistakes = new List<string>();
        _current = read(configuration, mistakes);
        if (mistakes.Count > 0)
        {
            throw new OptionsValidationException("Scouthook", typeof(T), mistakes);
        }

        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>What is in force now; ask anew for every use.</summary>
    public T Current => _current;

    /// <summary>What is wrong with a change that was not taken; <see langword="null"/>: what is configured is in force.</summary>
    public string? Mistakes { get; private set; }

    /// <summary>Set whenever it may have changed.</summary>
    public Latch Changed { get; } = new();

    public void Dispose() => _changes.Dispose();

    private void Reload()
    {
        var mistakes = new List<string>();
        var next = _read(_configuration, mistakes);
        if (mistakes.Count > 0)
        {
            Mistakes = string.Join(' ', mistakes);
            _refused(Mistakes);
            return;
        }

        Mistakes = null;
        _current = next;
        Changed.Set();
    }
}
