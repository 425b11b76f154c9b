namespace Scouthook.Inbox.Model;

/// <summary>The bytes of a stored event and the headers they came with.</summary>
/// <param name="Body">The body, byte for byte as Help Scout sent it.</param>
/// <param name="Headers">The request's headers in the order received, as a JSON array of pairs.</param>
internal sealed record EventContent(byte[] Body, string Headers);
