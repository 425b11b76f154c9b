namespace Scouthook.Testing;

/// <summary>An event of the account on its way to the webhooks. Each body is written once, for the first webhook that gets it.</summary>
internal sealed class EmittedEvent(long number, string name, long? mailboxId, Func<BodyKind, byte[]> write)
{
    private readonly Dictionary<BodyKind, byte[]> _bodies = [];

    public long Number { get; } = number;

    public string Name { get; } = name;

    public long? MailboxId { get; } = mailboxId;

    public byte[] Body(BodyKind kind)
    {
        if (!_bodies.TryGetValue(kind, out var body))
        {
            _bodies.Add(kind, body = write(kind));
        }

        return body;
    }
}
