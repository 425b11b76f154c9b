using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Scouthook.Gateway.Connections;

/// <summary>An accepted connection, counted until its descriptor is released.</summary>
internal sealed class TrackedConnection : ConnectionContext
{
    private readonly ConnectionContext _inner;
    private readonly ConnectionLimiter _limiter;
    private readonly TimeProvider _timeProvider;
    private int _requests;
    private int _genuine;
    private long _since;

    public TrackedConnection(ConnectionContext inner, ConnectionGroup group, ConnectionLimiter limiter, TimeProvider timeProvider)
    {
        _inner = inner;
        _limiter = limiter;
        _timeProvider = timeProvider;
        _since = timeProvider.GetTimestamp();
        Group = group;
        inner.Features.Set(this);
    }

    public ConnectionGroup Group { get; }

    /// <summary>True if no request is being answered.</summary>
    public bool IsIdle => Volatile.Read(ref _requests) == 0;

    /// <summary>True if it carries a request from Help Scout or from the holder of a key.</summary>
    public bool IsGenuine => Volatile.Read(ref _genuine) > 0;

    /// <summary>How long it has been idle, or busy with requests of unknown clients.</summary>
    public TimeSpan Age => _timeProvider.GetElapsedTime(Volatile.Read(ref _since));

    public override string ConnectionId
    {
        get => _inner.ConnectionId;
        set => _inner.ConnectionId = value;
    }

    public override IFeatureCollection Features => _inner.Features;

    public override IDictionary<object, object?> Items
    {
        get => _inner.Items;
        set => _inner.Items = value;
    }

    public override IDuplexPipe Transport
    {
        get => _inner.Transport;
        set => _inner.Transport = value;
    }

    public override CancellationToken ConnectionClosed
    {
        get => _inner.ConnectionClosed;
        set => _inner.ConnectionClosed = value;
    }

    public override EndPoint? LocalEndPoint
    {
        get => _inner.LocalEndPoint;
        set => _inner.LocalEndPoint = value;
    }

    public override EndPoint? RemoteEndPoint
    {
        get => _inner.RemoteEndPoint;
        set => _inner.RemoteEndPoint = value;
    }

    public void RequestStarted()
    {
        if (Interlocked.Increment(ref _requests) == 1)
        {
            Volatile.Write(ref _since, _timeProvider.GetTimestamp());
        }
    }

    public void RequestIsGenuine() => Interlocked.Increment(ref _genuine);

    public void RequestEnded(bool wasGenuine)
    {
        if (wasGenuine)
        {
            Interlocked.Decrement(ref _genuine);
        }

        Volatile.Write(ref _since, _timeProvider.GetTimestamp());
        Interlocked.Decrement(ref _requests);
    }

    public override void Abort() => _inner.Abort();

    public override void Abort(ConnectionAbortedException abortReason) => _inner.Abort(abortReason);

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await _inner.DisposeAsync();
        }
        finally
        {
            _limiter.Remove(this);
            await base.DisposeAsync();
        }
    }
}
