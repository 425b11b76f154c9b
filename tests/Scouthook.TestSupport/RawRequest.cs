using System.Globalization;
using System.Text;

namespace Scouthook.TestSupport;

/// <summary>A request as bytes, so that a test can corrupt any part of it.</summary>
internal sealed class RawRequest
{
    private readonly List<(string Name, byte[] Value)> _headers = [];

    public string Method { get; set; } = "POST";

    public string Path { get; set; } = "/webhook";

    public string Host { get; set; } = "127.0.0.1";

    public byte[] Body { get; set; } = [];

    /// <summary>The chunk size of the body; 0 to send <c>Content-Length</c> instead.</summary>
    public int ChunkSize { get; set; }

    /// <summary>The value of <c>Content-Length</c>, if it should be wrong.</summary>
    public long? Announced { get; set; }

    /// <summary>True if a header declares the length of the body.</summary>
    public bool IsFramed { get; set; } = true;

    public RawRequest With(string name, string value) => With(name, Encoding.UTF8.GetBytes(value));

    public RawRequest With(string name, byte[] value)
    {
        _headers.Add((name, value));
        return this;
    }

    public RawRequest Without(string name)
    {
        _headers.RemoveAll(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return this;
    }

    public RawRequest Signed(string signature) =>
        Without("X-HelpScout-Signature").With("X-HelpScout-Signature", signature);

    /// <summary>The request up to and including the empty line.</summary>
    public byte[] Head()
    {
        using var bytes = new MemoryStream();
        WriteHead(bytes);
        return bytes.ToArray();
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        WriteHead(bytes);
        if (ChunkSize == 0)
        {
            bytes.Write(Body);
            return bytes.ToArray();
        }

        foreach (var chunk in Body.Chunk(ChunkSize))
        {
            bytes.Write(Encoding.ASCII.GetBytes(chunk.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"));
            bytes.Write(chunk);
            bytes.Write("\r\n"u8);
        }

        bytes.Write("0\r\n\r\n"u8);
        return bytes.ToArray();
    }

    private void WriteHead(MemoryStream bytes)
    {
        bytes.Write(Encoding.UTF8.GetBytes($"{Method} {Path} HTTP/1.1\r\nHost: {Host}\r\n"));
        foreach (var (name, value) in _headers)
        {
            bytes.Write(Encoding.UTF8.GetBytes(name));
            bytes.Write(": "u8);
            bytes.Write(value);
            bytes.Write("\r\n"u8);
        }

        var framing = ChunkSize > 0 ? "Transfer-Encoding: chunked" : $"Content-Length: {Announced ?? Body.Length}";
        bytes.Write(Encoding.ASCII.GetBytes(IsFramed ? framing + "\r\n\r\n" : "\r\n"));
    }
}
