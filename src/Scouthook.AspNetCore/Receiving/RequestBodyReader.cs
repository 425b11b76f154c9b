using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Scouthook.AspNetCore.Configuring;

namespace Scouthook.AspNetCore.Receiving;

/// <summary>Reads request bodies within the limits of size, time and memory.</summary>
internal sealed class RequestBodyReader(BodyBudget budget, SegmentPool pool, TimeProvider timeProvider) : IDisposable
{
    // Hashing ten megabytes takes as long as storing hundreds of events. Half of the processors stay with those.
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Reads the body to its end.</summary>
    /// <returns>The body if <see cref="BodyReadOutcome.Complete"/>; the caller disposes it.</returns>
    public async ValueTask<(BodyReadOutcome Outcome, PooledBody? Body)> ReadAsync(
        HttpContext context, ReceiverSettings settings)
    {
        if (context.Request.ContentLength > settings.MaxBodyBytes)
        {
            return (BodyReadOutcome.TooLarge, null);
        }

        var body = new PooledBody(budget.Open(), pool);
        var outcome = BodyReadOutcome.NoRoom;
        try
        {
            outcome = await ReadAsync(context, body, settings);
            return (outcome, outcome is BodyReadOutcome.Complete ? body : null);
        }
        finally
        {
            if (outcome is not BodyReadOutcome.Complete)
            {
                body.Dispose();
            }
        }
    }

    public void Dispose() => _turns.Dispose();

    private async ValueTask<BodyReadOutcome> ReadAsync(HttpContext context, PooledBody body, ReceiverSettings settings)
    {
        // An earlier middleware that buffers the body may have read it; a seekable stream is rewound.
        var stream = context.Request.Body;
        var rewound = stream.CanSeek ? Rewind(stream) : null;
        try
        {
            var outcome = await ReadAsync(context, rewound ?? context.Request.BodyReader, body, settings);
            if (outcome is not BodyReadOutcome.Complete)
            {
                return outcome;
            }
        }
        finally
        {
            if (rewound is not null)
            {
                await rewound.CompleteAsync();
            }
        }

        if (!body.Charge.TryComplete())
        {
            return BodyReadOutcome.NoRoom;
        }

        if (body.IsInPieces)
        {
            await _turns.WaitAsync(context.RequestAborted);
            body.Join(new Turn(_turns));
        }

        return BodyReadOutcome.Complete;
    }

    private async ValueTask<BodyReadOutcome> ReadAsync(
        HttpContext context, PipeReader reader, PooledBody body, ReceiverSettings settings)
    {
        while (true)
        {
            // Most bodies came with their headers: no timer and no cancellation for them.
            if (!reader.TryRead(out var result))
            {
                body.Charge.Wait(reader, settings.BodyTimeout, timeProvider);
                result = await reader.ReadAsync(context.RequestAborted);
            }

            var bytes = result.Buffer;
            if (body.Length + bytes.Length > settings.MaxBodyBytes)
            {
                reader.AdvanceTo(bytes.End);
                return BodyReadOutcome.TooLarge;
            }

            if (result.IsCanceled)
            {
                reader.AdvanceTo(bytes.End);
                return body.Charge.EndedBy;
            }

            if (!bytes.IsEmpty && !body.Charge.TryAdd(bytes.Length))
            {
                reader.AdvanceTo(bytes.End);
                return BodyReadOutcome.NoRoom;
            }

            body.Append(bytes);
            reader.AdvanceTo(bytes.End);
            if (result.IsCompleted)
            {
                return BodyReadOutcome.Complete;
            }
        }
    }

    private static PipeReader Rewind(Stream stream)
    {
        stream.Position = 0;
        return PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
