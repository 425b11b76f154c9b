namespace Scouthook.Gateway.Api.Describing;

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
