namespace Scouthook.Inbox.Model;

/// <summary>The names of <see cref="EndpointKind"/> in the API and in operational events.</summary>
internal static class EndpointKindText
{
    public static string From(EndpointKind kind) => kind switch
    {
        EndpointKind.Http => "http",
        EndpointKind.Handler => "handler",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
