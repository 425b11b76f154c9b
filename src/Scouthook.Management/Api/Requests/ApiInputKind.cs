namespace Scouthook.Management.Api.Requests;

/// <summary>The type of a parameter or member.</summary>
internal enum ApiInputKind
{
    Text,
    Whole,
    Number,
    Flag,
    Instant,
    Id,
}
