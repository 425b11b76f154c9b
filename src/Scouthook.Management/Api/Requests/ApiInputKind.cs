namespace Scouthook.Management.Api.Requests;

/// <summary>What a parameter or member may hold.</summary>
internal enum ApiInputKind
{
    Text,
    Whole,
    Number,
    Flag,
    Instant,
    Id,
}
