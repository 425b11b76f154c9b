using System.Buffers.Binary;
using System.Text;

namespace Scouthook.Gateway.Tests.Telemetry;

/// <summary>A message of Protocol Buffers, read without its schema: the fields by their numbers.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtobufMessage(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var key = Varint(ref bytes);
            var (number, value, content) = ((int)(key >> 3), 0UL, ReadOnlyMemory<byte>.Empty);
            switch (key & 7)
            {
                case 0:
                    value = Varint(ref bytes);
                    break;
                case 1:
                    value = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    content = bytes[..length];
                    bytes = bytes[length..];
                    break;
                case 5:
                    value = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span);
                    bytes = bytes[4..];
                    break;
                default:
                    throw new InvalidDataException($"Field {number} has an unknown type.");
            }

            _fields.Add((number, value, content));
        }
    }

    public IEnumerable<ProtobufMessage> Messages(int number) => All(number).Select(bytes => new ProtobufMessage(bytes));

    /// <summary>Returns the messages at the end of a path of fields.</summary>
    public IEnumerable<ProtobufMessage> Messages(int first, params int[] path) =>
        path.Aggregate(Messages(first), (messages, number) => messages.SelectMany(message => message.Messages(number)));

    public string Text(int number) => All(number).Select(bytes => Encoding.UTF8.GetString(bytes.Span)).FirstOrDefault("");

    public string Hex(int number) => All(number).Select(bytes => Convert.ToHexStringLower(bytes.Span)).FirstOrDefault("");

    public ulong Number(int number) => _fields.Where(field => field.Number == number).Select(field => field.Value).FirstOrDefault();

    public bool Has(int number) => _fields.Any(field => field.Number == number);

    /// <summary>Reads attributes: pairs of a key and a value of any type.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int number) => Messages(number).ToDictionary(
        pair => pair.Text(1), pair => pair.Messages(2).Select(Value).FirstOrDefault(""));

    /// <summary>Reads a value of any type as text.</summary>
    public static string Value(ProtobufMessage any) => any.Has(1) ? any.Text(1)
        : any.Has(2) ? any.Number(2) != 0 ? "true" : "false"
        : any.Has(3) ? $"{(long)any.Number(3)}"
        : any.Has(4) ? $"{BitConverter.UInt64BitsToDouble(any.Number(4))}"
        : "";

    private IEnumerable<ReadOnlyMemory<byte>> All(int number) =>
        _fields.Where(field => field.Number == number).Select(field => field.Bytes);

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        var value = 0UL;
        for (var (index, shift) = (0, 0); ; index++, shift += 7)
        {
            var next = bytes.Span[index];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                bytes = bytes[(index + 1)..];
                return value;
            }
        }
    }
}
