namespace Scouthook.AspNetCore.Receiving;

/// <summary>Lets the host know that a request is genuine, so that it is not sacrificed when there is little room.</summary>
internal interface IVerifiedRequestFeature
{
    /// <summary>Marks the request as signed with a live secret.</summary>
    void Verified();
}
