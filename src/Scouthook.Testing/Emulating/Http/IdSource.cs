namespace Scouthook.Testing.Emulating.Http;

/// <summary>Creates tokens and correlation ids that depend only on the seed.</summary>
internal sealed class IdSource(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    public string Token() => Convert.ToHexStringLower(Bytes(20));

    public string CorrelationId() => new Guid(Bytes(16)).ToString();

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        lock (_lock)
        {
            _random.NextBytes(bytes);
        }

        return bytes;
    }
}
