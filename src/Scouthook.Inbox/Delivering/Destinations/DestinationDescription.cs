namespace Scouthook.Inbox.Delivering.Destinations;

/// <summary>Describes where deliveries go.</summary>
/// <param name="Kind">The kind of endpoint, as named in the API.</param>
/// <param name="Url">The URL that events are posted to; <see langword="null"/> if there is none.</param>
/// <param name="IsSigned">Whether deliveries are signed, so that the endpoint has a secret.</param>
internal readonly record struct DestinationDescription(string Kind, Uri? Url, bool IsSigned);
