namespace Scouthook.Inbox.Delivering.Destinations;

/// <summary>Where deliveries go, in words.</summary>
/// <param name="Kind">The kind of endpoint as the API names it.</param>
/// <param name="Url">The URL that events are posted to; <see langword="null"/> where there is none.</param>
/// <param name="IsSigned">Whether deliveries are signed, so that the endpoint has a secret.</param>
internal readonly record struct DestinationDescription(string Kind, Uri? Url, bool IsSigned);
