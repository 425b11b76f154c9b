using System.Text;

namespace Scouthook.Inbox.PostgreSql;

/// <summary>Makes text storable: PostgreSQL refuses U+0000 and halves of surrogate pairs, which authentic events may contain.</summary>
internal static class PostgreSqlText
{
    public static string Storable(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\0' || char.IsSurrogate(text[index]))
            {
                return Replace(text);
            }
        }

        return text;
    }

    private static string Replace(string text)
    {
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            storable.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return storable.ToString();
    }
}
