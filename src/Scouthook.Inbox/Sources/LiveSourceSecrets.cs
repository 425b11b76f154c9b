using Scouthook.Signing;

namespace Scouthook.Inbox.Sources;

/// <summary>The stored secrets of sources as they are verified with, replaced as a whole.</summary>
internal sealed class LiveSourceSecrets : ISourceSecrets
{
    private volatile SourceSecretList? _current;

    public event Action? Changed;

    public ISourceSecretList? Current => _current;

    /// <summary>Puts what was read from the store in force.</summary>
    public void Publish(SourceSecretList list)
    {
        if (_current is { } before && before.IsSameAs(list))
        {
            return;
        }

        _current = list;
        Changed?.Invoke();
    }
}
