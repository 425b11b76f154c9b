using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Scouthook.Inbox.PostgreSql.Migration;

/// <summary>Counts rows and sums their hashes, so that the order in which a store returns them does not matter.</summary>
internal sealed class TableDigest
{
    private const byte Null = 0;
    private const byte Number = 1;
    private const byte Bytes = 2;

    private readonly ArrayBufferWriter<byte> _row = new(1024);
    private UInt128 _sum;

    public long Rows { get; private set; }

    public void AddNull() => _row.Write([Null]);

    public void Add(long number)
    {
        var bytes = _row.GetSpan(1 + sizeof(long));
        bytes[0] = Number;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], number);
        _row.Advance(1 + sizeof(long));
    }

    public void Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        AddLength(length);
        Encoding.UTF8.GetBytes(text, _row.GetSpan(length));
        _row.Advance(length);
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        AddLength(bytes.Length);
        _row.Write(bytes);
    }

    /// <summary>Ends a row, whose values have been added.</summary>
    public void EndRow()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_row.WrittenSpan, hash);
        _sum += BinaryPrimitives.ReadUInt128BigEndian(hash);
        _row.ResetWrittenCount();
        Rows++;
    }

    public MigratedTable Of(string table) => new(table, Rows, _sum.ToString("x32", null));

    private void AddLength(int length)
    {
        Add(length);
        _row.Write([Bytes]);
    }
}
