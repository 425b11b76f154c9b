using System.Buffers;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>A request body in rented memory, charged to the <see cref="BodyBudget"/> until it is disposed.</summary>
/// <remarks>
/// It grows with the bytes received, so that a sender that announces ten megabytes and sends nothing costs nothing. Up
/// to 256 KiB it is one array; further bytes go into segments of equal size that are joined once, when it is complete.
/// The bytes are never copied to text.
/// </remarks>
internal sealed class PooledBody(BodyCharge charge, SegmentPool pool) : IMemoryOwner<byte>
{
    private const int SmallestArray = 1024;

    private readonly BodyCharge _charge = charge;
    private byte[]? _array;
    private bool _isRented;
    private int _arrayLength;
    private List<byte[]>? _segments;
    private int _lastLength;
    private IDisposable? _turn;
    private int _disposed;

    /// <summary>Releases the budget even if a receiver of the app never disposed the body.</summary>
    ~PooledBody()
    {
        _charge.Dispose();
        _turn?.Dispose();
    }

    public BodyCharge Charge => _charge;

    public int Length => _arrayLength + (_segments is { Count: > 0 } all ? ((all.Count - 1) * SegmentPool.Size) + _lastLength : 0);

    /// <summary>True if it consists of several segments: join them before using <see cref="Memory"/>.</summary>
    public bool IsInPieces => _segments is not null;

    /// <summary>The bytes of a body that is in one piece.</summary>
    public Memory<byte> Memory => _array.AsMemory(0, _arrayLength);

    public void Append(in ReadOnlySequence<byte> bytes)
    {
        foreach (var memory in bytes)
        {
            Append(memory.Span);
        }
    }

    /// <summary>Joins the segments.</summary>
    /// <param name="turn">Disposed when the body has been verified or disposed.</param>
    public void Join(IDisposable turn)
    {
        _turn = turn;
        var whole = GC.AllocateUninitializedArray<byte>(Length);
        _array.AsSpan(0, _arrayLength).CopyTo(whole);
        var position = _arrayLength;
        foreach (var segment in _segments!)
        {
            var part = segment.AsSpan(0, Math.Min(SegmentPool.Size, whole.Length - position));
            part.CopyTo(whole.AsSpan(position));
            position += part.Length;
        }

        ReturnMemory();
        (_array, _arrayLength, _isRented) = (whole, whole.Length, false);
    }

    /// <summary>Keeps the body beyond its verification: its signature is valid.</summary>
    public void Verified()
    {
        _charge.Verified();
        Interlocked.Exchange(ref _turn, null)?.Dispose();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            GC.SuppressFinalize(this);
            ReturnMemory();
            _charge.Dispose();
            Interlocked.Exchange(ref _turn, null)?.Dispose();
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_segments is null)
        {
            var part = Math.Min(bytes.Length, BodyBudget.LargestSmallBody - _arrayLength);
            Reserve(_arrayLength + part);
            bytes[..part].CopyTo(_array.AsSpan(_arrayLength));
            _arrayLength += part;
            bytes = bytes[part..];
        }

        while (!bytes.IsEmpty)
        {
            if (_segments is null || _lastLength == SegmentPool.Size)
            {
                (_segments ??= []).Add(pool.Rent());
                _lastLength = 0;
            }

            var part = Math.Min(bytes.Length, SegmentPool.Size - _lastLength);
            bytes[..part].CopyTo(_segments[^1].AsSpan(_lastLength));
            _lastLength += part;
            bytes = bytes[part..];
        }
    }

    private void Reserve(int length)
    {
        if (_array is null)
        {
            (_array, _isRented) = (ArrayPool<byte>.Shared.Rent(Math.Max(length, SmallestArray)), true);
        }
        else if (length > _array.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, _array.Length * 2));
            _array.AsSpan(0, _arrayLength).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_array);
            _array = larger;
        }
    }

    private void ReturnMemory()
    {
        if (_isRented && _array is { } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }

        _array = null;
        foreach (var segment in _segments ?? [])
        {
            pool.Return(segment);
        }

        _segments = null;
    }
}
