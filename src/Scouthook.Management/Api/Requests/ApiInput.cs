using System.Text.Json.Nodes;

namespace Scouthook.Management.Api.Requests;

/// <summary>A parameter of a query string, or a member of a body.</summary>
/// <remarks>
/// The code that reads a request and the code that documents it share this definition, so they cannot diverge.
/// </remarks>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Description">Its meaning.</param>
internal sealed record ApiInput(string Name, string Description)
{
    public static ApiInput Cursor { get; } = new("cursor", "The `next` of the previous page. Leave it out for the first page.");

    public ApiInputKind Kind { get; init; }

    /// <summary>True if it may contain several values.</summary>
    public bool IsList { get; init; }

    /// <summary>The members, if it is an object.</summary>
    public IReadOnlyList<ApiInput> Members { get; init; } = [];

    /// <summary>The name of its schema, if it is an object.</summary>
    public string Schema { get; init; } = "";

    public bool IsRequired { get; init; }

    /// <summary>True if <c>null</c> has a meaning other than leaving it out.</summary>
    public bool IsNullable { get; init; }

    /// <summary>The allowed values; empty if any value of its kind is allowed.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The value that applies if it is left out; null if none does, or if it depends on the configuration.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>A valid value, for the documentation.</summary>
    public JsonNode? Example { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    public static ApiInput Limit(int defaultLimit, int maxLimit) => new("limit", "The maximum number of items in a page.")
    {
        Default = defaultLimit,
        Kind = ApiInputKind.Whole,
        Min = 1,
        Max = maxLimit,
    };
}
