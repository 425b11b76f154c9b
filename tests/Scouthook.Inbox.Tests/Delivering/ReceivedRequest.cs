using System.Text;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>A request received by an endpoint.</summary>
internal sealed record ReceivedRequest(string Line, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string BodyText => Encoding.UTF8.GetString(Body);

    /// <summary>Returns the single value of a header; <see langword="null"/> if there is none.</summary>
    public string? this[string name] => Headers
        .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(header => header.Value)
        .SingleOrDefault();
}
