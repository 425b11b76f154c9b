namespace Scouthook.TestSupport.Gateways;

/// <summary>One endpoint of a sink: its responses, and the requests received.</summary>
internal sealed class SinkPath(string url)
{
    public const string DefaultSecret = "whsec_c2NvdXRob29rLXRlc3Qtc2luay1zZWNyZXQ=";

    private readonly Lock _gate = new();
    private readonly List<Arrival> _arrivals = [];
    private long _place;
    private int _taken;

    public string Url { get; } = url;

    /// <summary>The secret of its deliveries.</summary>
    public string Secret { get; set; } = DefaultSecret;

    /// <summary>Its response: 200 at once by default. The token is canceled when the client disconnects.</summary>
    public Func<Arrival, CancellationToken, Task<int>> Answer { get; set; } = (_, _) => Task.FromResult(200);

    /// <summary>
    /// True if arrivals, headers and bodies are kept; those of 100,000 deliveries would fill the memory.
    /// </summary>
    public bool Keeps { get; set; } = true;

    /// <summary>False if arrivals are kept without headers and bodies.</summary>
    public bool KeepsContent { get; set; } = true;

    /// <summary>In order.</summary>
    public IReadOnlyList<Arrival> Arrivals
    {
        get
        {
            lock (_gate)
            {
                return [.. _arrivals];
            }
        }
    }

    public IReadOnlyList<Arrival> Taken => [.. Arrivals.Where(arrival => arrival.IsTaken)];

    /// <summary>The number of successful responses.</summary>
    public int TakenCount => Volatile.Read(ref _taken);

    public long Next() => Interlocked.Increment(ref _place);

    public void Add(Arrival arrival)
    {
        lock (_gate)
        {
            _arrivals.Add(arrival);
        }
    }

    public void Answered(Arrival arrival, int status)
    {
        arrival.AnswerPlace = Next();
        arrival.Status = status;
        if (arrival.IsTaken)
        {
            Interlocked.Increment(ref _taken);
        }
    }
}
