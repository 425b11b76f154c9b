using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Scouthook.Benchmarks.Accepting;

namespace Scouthook.Benchmarks.Reading;

/// <summary>Signed webhooks as GitHub sends them: a comment on an issue, most of it text, like a reply in a conversation.</summary>
internal static class GitHubRequests
{
    private static readonly byte[] Key = Encoding.UTF8.GetBytes(SignedEvents.Secret);

    /// <param name="length">The length of a request, headers included.</param>
    /// <param name="count">The number of requests.</param>
    public static byte[][] Make(int length, int count)
    {
        var shortest = Make(1, "").Length;
        return [.. Enumerable.Range(1, count).Select(number => Make(number, new string('x', Math.Max(0, length - shortest - 4))))];
    }

    private static byte[] Make(int number, string text)
    {
        const string at = "2026-03-02T08:00:00Z", host = "https://api.example.org";
        string User(string login, int id) => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"login":"{{login}}","id":{{id}},"node_id":"U1","avatar_url":"{{host}}/a","gravatar_id":"","url":"{{host}}/u","html_url":"{{host}}/u","type":"User","site_admin":false}""");
        var body = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"action":"created","issue":{"url":"{{host}}/i","id":{{number}},"node_id":"I1","number":{{number}},"title":"A question about an order","user":{{User("zoe", 640)}},"labels":[],"state":"open","locked":false,"comments":3,"created_at":"{{at}}","updated_at":"{{at}}","author_association":"NONE","body":"Hello"},"comment":{"url":"{{host}}/c","html_url":"{{host}}/c","issue_url":"{{host}}/i","id":{{9_900_000 + number}},"node_id":"C1","user":{{User("zoe", 640)}},"created_at":"{{at}}","updated_at":"{{at}}","author_association":"NONE","body":"{{text}}"},"repository":{"id":1,"node_id":"R1","name":"orders","full_name":"shop/orders","private":true,"owner":{{User("shop", 7)}},"html_url":"{{host}}/r","url":"{{host}}/r","fork":false,"default_branch":"main"},"sender":{{User("zoe", 640)}}}
            """));
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nUser-Agent: GitHub-Hookshot/1\r\n"
            + $"X-GitHub-Delivery: 72d3162e-cc78-11e3-81ab-4c9367dc0958\r\nX-GitHub-Hook-ID: 1\r\nX-GitHub-Event: issue_comment\r\n"
            + $"X-GitHub-Hook-Installation-Target-ID: 1\r\nX-GitHub-Hook-Installation-Target-Type: repository\r\n"
            + $"X-Hub-Signature-256: sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Key, body))}\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
