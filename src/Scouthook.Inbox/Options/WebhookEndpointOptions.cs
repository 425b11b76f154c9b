namespace Scouthook.Inbox;

/// <summary>Configures an endpoint: a URL that events are delivered to.</summary>
public sealed class WebhookEndpointOptions
{
    /// <summary>The URL that events are posted to. Required.</summary>
    public string? Url { get; set; }

    /// <summary>
    /// The events to deliver: names, families or patterns such as <c>convo.tags</c>, <c>conversations</c>,
    /// <c>convo.*</c> or <c>scouthook.*</c>.
    /// </summary>
    /// <value>Empty means the default: all events of Help Scout.</value>
    public IList<string> Events { get; } = [];

    /// <summary>The ids of the Help Scout inboxes whose events are delivered.</summary>
    /// <value>Empty means the default: those of all inboxes.</value>
    public IList<long> MailboxIds { get; } = [];

    /// <summary>The order of the events of one resource.</summary>
    /// <value>The default is <see cref="EndpointOrdering.Resource"/>.</value>
    public EndpointOrdering Ordering { get; set; }

    /// <summary>How long an attempt may take, the response included.</summary>
    /// <value>The default is that of <see cref="DeliveryOptions.Timeout"/>; at most one hour.</value>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Returns how many attempts may run at once.</summary>
    /// <value>The default is that of <see cref="DeliveryOptions.Concurrency"/>; at most 1,000.</value>
    public int? Concurrency { get; set; }

    /// <summary>Includes events whose body could not be read.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IncludeUnreadable { get; set; } = true;

    /// <summary>The position a new endpoint starts from: <c>now</c>, <c>beginning</c>, or an instant.</summary>
    /// <value>The default is <c>now</c>.</value>
    public string? StartFrom { get; set; }

    /// <summary>The secret that deliveries are signed with. Changing it starts a rotation: both sign for 24 hours.</summary>
    /// <value>By default one is generated and stored. Set this or <see cref="SecretFile"/>.</value>
    public string? Secret { get; set; }

    /// <summary>A file that contains the secret; a line break at its end is ignored.</summary>
    /// <value>A path, absolute or below the content root. The file is read again when it changes.</value>
    public string? SecretFile { get; set; }

    /// <summary>Returns the name of the type, never the secret.</summary>
    /// <returns><c>WebhookEndpointOptions</c>.</returns>
    public override string ToString() => nameof(WebhookEndpointOptions);
}
