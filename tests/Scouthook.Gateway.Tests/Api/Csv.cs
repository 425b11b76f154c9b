using System.Text;

namespace Scouthook.Gateway.Tests.Api;

/// <summary>A strict CSV reader: accepts exactly what RFC 4180 defines.</summary>
internal static class Csv
{
    public static List<List<string>> Parse(string text)
    {
        var rows = new List<List<string>>();
        var at = 0;
        while (at < text.Length)
        {
            var row = new List<string>();
            while (true)
            {
                row.Add(text[at..].StartsWith('"') ? Quoted(text, ref at) : Bare(text, ref at));
                if (text[at] == ',')
                {
                    at++;
                    continue;
                }

                Assert.Equal("\r\n", text.Substring(at, 2));
                at += 2;
                break;
            }

            rows.Add(row);
        }

        return rows;
    }

    private static string Bare(string text, ref int at)
    {
        var end = text.IndexOfAny([',', '\r', '\n', '"'], at);
        Assert.True(end >= 0 && text[end] is ',' or '\r', "a bare cell has a quote or a line break");
        var cell = text[at..end];
        at = end;
        return cell;
    }

    private static string Quoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        for (at++; ; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (text[at + 1] == '"')
            {
                cell.Append(text[at++]);
            }
            else
            {
                at++;
                return cell.ToString();
            }
        }
    }
}
