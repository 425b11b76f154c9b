using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Scouthook.AspNetCore.Tests.Receiving;

/// <summary>Middleware of the app reads the body before Scouthook does.</summary>
public sealed class BodyConsumedTests
{
    public static TheoryData<string, Func<HttpContext, Task>> Harmless => new()
    {
        {
            "buffered and left at its end", async context =>
            {
                context.Request.EnableBuffering();
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            }
        },
        {
            "buffered and read in part", async context =>
            {
                context.Request.EnableBuffering();
                await context.Request.Body.ReadAtLeastAsync(new byte[7], 7, cancellationToken: context.RequestAborted);
            }
        },
        {
            "buffered and read through a pipe", async context =>
            {
                context.Request.EnableBuffering();
                var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            }
        },
        {
            "looked at through a pipe", async context =>
            {
                var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
                context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        },
        {
            "replaced by a copy left at its end", async context =>
            {
                var copy = new MemoryStream();
                await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
                context.Request.Body = copy;
            }
        },
        {
            "replaced by a stream that cannot seek", context =>
            {
                context.Request.Body = new BufferedStream(new OneWay(context.Request.Body));
                return Task.CompletedTask;
            }
        },
    };

    public static TheoryData<string, bool, Func<HttpContext, Task>> Harmful => new()
    {
        { "read whole", false, context => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted) },
        { "read whole in chunks", true, context => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted) },
        {
            "read in part", false, context =>
                context.Request.Body.ReadAtLeastAsync(new byte[7], 7, cancellationToken: context.RequestAborted).AsTask()
        },
        {
            "replaced by a shorter one", false, async context =>
            {
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
                context.Request.Body = new MemoryStream("{}"u8.ToArray());
            }
        },
    };

    [Theory]
    [MemberData(nameof(Harmless))]
    public async Task Seekable_body_that_was_already_read_is_received(string what, Func<HttpContext, Task> middleware)
    {
        Assert.NotEmpty(what);
        await using var app = await StartAsync(middleware);

        Assert.Equal(200, await app.StatusAsync(Some.Request(Samples.Body("convo.assigned"))));
        var chunked = Some.Request(Samples.Body("convo.assigned"));
        chunked.ChunkSize = 100;
        Assert.Equal(200, await app.StatusAsync(chunked));

        Assert.All(app.Seen, seenEvent => Assert.Equal(Samples.Body("convo.assigned"), seenEvent.Body.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Harmful))]
    public async Task Body_that_cannot_be_read_again_is_rejected_and_the_reason_logged(
        string what, bool isChunked, Func<HttpContext, Task> middleware)
    {
        Assert.NotEmpty(what);
        await using var app = await StartAsync(middleware);
        var request = Some.Request();
        request.ChunkSize = isChunked ? 10 : 0;

        Assert.Equal(401, await app.StatusAsync(request));

        await Eventually.TrueAsync(() => app.Logs.Has(1007), "the reason was logged");
        Assert.False(app.Logs.Has(1001));
        Assert.Contains("EnableBuffering", app.Logs.Errors.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_body_that_nothing_else_read_has_an_invalid_signature()
    {
        await using var app = await TestApp.StartAsync();
        var empty = Some.Request([]).Signed(Some.Signature("x"u8));

        Assert.Equal(401, await app.StatusAsync(Some.Request(secret: "wrong")));
        Assert.Equal(401, await app.StatusAsync(empty));

        await Eventually.TrueAsync(() => app.Logs.Has(1001), "the message was logged");
        Assert.False(app.Logs.Has(1007));
    }

    private static Task<TestApp> StartAsync(Func<HttpContext, Task> middleware) => TestApp.StartAsync(setup =>
        setup.Pipeline = app => app.Use(async (context, next) =>
        {
            await middleware(context);
            await next(context);
        }));

    private sealed class OneWay(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            inner.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
