using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Scouthook.Management.Problems;

namespace Scouthook.Management.Api.Requests;

/// <summary>Checks the rules for every query string: only known parameters, and valid text.</summary>
internal static class QueryRules
{
    private const int MaxValueLength = 4_000;
    private const int MaxValues = 100;

    /// <returns>The first error, or <see langword="null"/>.</returns>
    public static ProblemHttpResult? FindMistake(IQueryCollection query, IReadOnlyList<ApiInput> inputs)
    {
        foreach (var (name, values) in query)
        {
            if (inputs.FirstOrDefault(input => input.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } known)
            {
                return ApiProblem.Invalid(name.Length > 0 ? name : "query", inputs.Count == 0
                    ? "is not a parameter of this route, which has none."
                    : $"is not a parameter of this route; known are {string.Join(", ", inputs.Select(input => input.Name))}.");
            }

            if (values.Count > MaxValues)
            {
                return ApiProblem.Invalid(known.Name, $"is given more than {MaxValues} times.");
            }

            foreach (var value in values)
            {
                if (value is { Length: > MaxValueLength })
                {
                    return ApiProblem.Invalid(known.Name, $"is too long: at most {MaxValueLength} characters.");
                }

                // Bytes that are not UTF-8 once decoded are left encoded, or become U+FFFD: neither was intended.
                if (value is not null && (value.Any(char.IsControl) || value.Contains('\uFFFD')))
                {
                    return ApiProblem.Invalid(known.Name, "must not contain control characters or bytes that are not UTF-8.");
                }
            }
        }

        return null;
    }
}
