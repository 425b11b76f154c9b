namespace Scouthook.AspNetCore;

/// <summary>Limits of receiving.</summary>
public sealed class ReceiverOptions
{
    internal const int LargestMaxBodyBytes = 1024 * 1024 * 1024;

    /// <summary>The largest body that is read, in bytes. Anything longer is answered with 413.</summary>
    /// <value>10 MiB unless set; at most 1 GiB. Help Scout does not document how large a body can be.</value>
    public int MaxBodyBytes { get; set; } = 10 * 1024 * 1024;
}
