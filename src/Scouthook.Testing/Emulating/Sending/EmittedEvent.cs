namespace Scouthook.Testing;

/// <summary>An event of the account on its way to the webhooks. Bodies are written when the first webhook needs them.</summary>
internal sealed class EmittedEvent(long number, string name, long? mailboxId, Func<byte[]> full, Func<byte[]> notification)
{
    private readonly Lazy<byte[]> _full = new(full);
    private readonly Lazy<byte[]> _notification = new(notification);

    public long Number { get; } = number;

    public string Name { get; } = name;

    public long? MailboxId { get; } = mailboxId;

    public byte[] BodyFor(WebhookDefinition definition) => definition.Notification ? _notification.Value : _full.Value;
}
