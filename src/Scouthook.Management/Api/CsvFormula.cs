using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Scouthook.Management.Api;

/// <summary>Recognises cells that a spreadsheet would evaluate as a formula.</summary>
/// <remarks>
/// Spreadsheets skip invisible characters and quotes before a formula, and treat full-width signs as their ASCII forms
/// where a keyboard types those.
/// </remarks>
internal static class CsvFormula
{
    // = + - @ and their full-width, small, raised, lowered and mathematical forms.
    private static readonly FrozenSet<int> Signs = new[]
    {
        '=', '+', '-', '@', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20, 0xFE66, 0xFE62, 0xFE63, 0xFE6B, 0x207A, 0x207B, 0x207C, 0x208A,
        0x208B, 0x208C, 0x2212,
    }.ToFrozenSet();

    public static bool IsOne(string text)
    {
        if (text.Length > 0 && text[0] is '\t' or '\r')
        {
            return true;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (IsSkipped(rune))
            {
                continue;
            }

            return Signs.Contains(rune.Value);
        }

        return false;
    }

    private static bool IsSkipped(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || rune.Value is '"' or '\'' or 0xFF02 or 0xFF07 or 0x2018 or 0x2019 or 0x201C or 0x201D
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
}
