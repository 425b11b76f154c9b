using System.Net;

namespace Scouthook.Testing;

/// <summary>A body that pauses in the middle, or ends there.</summary>
internal sealed class DisturbedContent(
    ReadOnlyMemory<byte> body, TimeSpan pause, bool abort, TimeProvider timeProvider) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var middle = body.Length / 2;
        await stream.WriteAsync(body[..middle], cancellationToken);
        await stream.FlushAsync(cancellationToken);
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, timeProvider, cancellationToken);
        }

        if (abort)
        {
            // The announced length is not reached, so the connection is closed.
            throw new IOException("The connection is aborted on purpose.");
        }

        await stream.WriteAsync(body[middle..], cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
