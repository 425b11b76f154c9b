using System.Buffers;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>A request body in rented memory.</summary>
/// <remarks>
/// It starts small and grows with what really arrives, so that a sender that announces ten megabytes and sends nothing
/// costs nothing. The bytes are never copied to text.
/// </remarks>
internal sealed class PooledBody : IDisposable
{
    private const int FirstSize = 16 * 1024;

    private byte[]? _buffer;
    private int _length;

    private PooledBody(byte[] buffer) => _buffer = buffer;

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads a body to its end.</summary>
    /// <returns><see langword="null"/> when it is longer than <paramref name="limit"/>: reading stops there.</returns>
    public static async ValueTask<PooledBody?> ReadAsync(
        Stream stream, long? announced, int limit, CancellationToken cancellationToken)
    {
        // One byte more than expected, so that the end is seen without growing.
        var size = (int)Math.Min(announced is { } length ? length + 1 : FirstSize, FirstSize);
        var body = new PooledBody(ArrayPool<byte>.Shared.Rent(size));
        try
        {
            int read;
            while ((read = await stream.ReadAsync(body.Free(limit), cancellationToken)) > 0)
            {
                body._length += read;
                if (body._length > limit)
                {
                    body.Dispose();
                    return null;
                }
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The free part of the buffer, at most one byte beyond the limit.</summary>
    private Memory<byte> Free(int limit)
    {
        if (_length == _buffer!.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_length * 2L, Array.MaxLength));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_length, (int)Math.Min(_buffer.Length - _length, (long)limit + 1 - _length));
    }
}
