
namespace Scouthook.Management.Api.Requests;

/// <summary>A parameter of a query string, or a member of a body.</summary>
/// <remarks>What reads a request and what documents it are told the same, so neither knows more than the other.</remarks>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Description">What it means.</param>
internal sealed record ApiInput(string Name, string Description)
{
    public static ApiInput Cursor { get; } = new("cursor", "The `next` of the previous page.");

    public ApiInputKind Kind { get; init; }

    /// <summary>Whether it may hold several.</summary>
    public bool IsList { get; init; }

    /// <summary>What is in it, if it is an object.</summary>
    public IReadOnlyList<ApiInput> Members { get; init; } = [];

    public bool IsRequired { get; init; }

    /// <summary>What it may be; empty: anything of its kind.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public double? Least { get; init; }

    public double? Most { get; init; }

    public static ApiInput Limit(int usual, int most) => new("limit", $"The maximum number of items in a page. Default: {usual}.")
    {
        Kind = ApiInputKind.Whole,
        Least = 1,
        Most = most,
    };
}
