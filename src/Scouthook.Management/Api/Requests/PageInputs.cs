using Scouthook.Management.Services;

namespace Scouthook.Management.Api.Requests;

/// <summary>The parameters <c>cursor</c> and <c>limit</c> of every paged list.</summary>
internal static class PageInputs
{
    public static IReadOnlyList<ApiInput> All { get; } =
        [ApiInput.Cursor, ApiInput.Limit(PageRequest.DefaultLimit, PageRequest.MaxLimit)];

    public static PageRequest Read(QueryReader reader) => new(
        reader.Text("cursor"),
        reader.Limit(PageRequest.DefaultLimit, PageRequest.MaxLimit));
}
