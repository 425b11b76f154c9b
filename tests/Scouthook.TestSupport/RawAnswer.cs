using System.Text;

namespace Scouthook.TestSupport;

/// <summary>One response as received from the socket.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string? this[string name] => Headers
        .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(header => header.Value)
        .SingleOrDefault();

    public string Text => Encoding.UTF8.GetString(Body);

    public bool ClosesConnection => string.Equals(this["Connection"], "close", StringComparison.OrdinalIgnoreCase);
}
