
namespace Scouthook.Testing.Generating;

/// <summary>Generates ids that look like Help Scout's and never repeat.</summary>
/// <remarks>
/// Ids of one kind rise by small random steps from a random start, as those of a busy account do. The ranges do not
/// overlap and stay clear of the samples, so an id shows its kind and a new one is never mistaken for an old one.
/// </remarks>
internal sealed class FreshIds
{
    private readonly Random _random;
    private readonly long[] _last = new long[Enum.GetValues<IdKind>().Length];

    public FreshIds(Random random)
    {
        _random = random;
        Start(IdKind.Conversation, 3_400_000_000, 3_900_000_000);
        Start(IdKind.ConversationNumber, 100_000, 2_000_000);
        Start(IdKind.Thread, 10_000_000_000, 19_000_000_000);
        Start(IdKind.Customer, 650_000_000, 690_000_000);
        Start(IdKind.Organization, 41_000_000, 48_000_000);
        Start(IdKind.Rating, 20_000_000, 28_000_000);
        Start(IdKind.Tag, 5_600_000, 9_000_000);
        Start(IdKind.Attachment, 710_000_000, 790_000_000);
        Start(IdKind.ContactEntry, 820_000_000, 980_000_000);
        Start(IdKind.User, 30_000_000, 38_000_000);
    }

    public long Next(IdKind kind) => _last[(int)kind] += _random.Next(1, 8);

    /// <summary>Returns a UUID of version 4 from the seeded source: Guid.NewGuid would make every run different.</summary>
    public string NextUuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    private void Start(IdKind kind, long from, long to) => _last[(int)kind] = _random.NextInt64(from, to);
}
