namespace Scouthook.AspNetCore.Receiving;

/// <summary>
/// Notifies the host that a request is genuine, so that it is not sacrificed when connections are scarce.
/// </summary>
internal interface IVerifiedRequestFeature
{
    /// <summary>Marks the request as signed with a valid secret.</summary>
    void Verified();
}
