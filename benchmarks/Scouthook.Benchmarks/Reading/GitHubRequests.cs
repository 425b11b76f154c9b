using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Scouthook.Benchmarks.Accepting;

namespace Scouthook.Benchmarks.Reading;

/// <summary>Signed webhooks as GitHub sends them: a comment on an issue.</summary>
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
        const string at = "2026-03-02T08:00:00Z", url = "https://example.org";
        // The package rejects a body without these members.
        const string user =
            $$"""{"login":"zoe","id":640,"node_id":"U1","avatar_url":"{{url}}","gravatar_id":"","url":"{{url}}","html_url":"{{url}}","followers_url":"{{url}}","following_url":"{{url}}","gists_url":"{{url}}","starred_url":"{{url}}","subscriptions_url":"{{url}}","organizations_url":"{{url}}","repos_url":"{{url}}","events_url":"{{url}}","received_events_url":"{{url}}","type":"User","site_admin":false}""";
        var body = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"action":"created","issue":{"url":"{{url}}","repository_url":"{{url}}","labels_url":"{{url}}","comments_url":"{{url}}","events_url":"{{url}}","html_url":"{{url}}","id":{{number}},"node_id":"I1","number":{{number}},"title":"A question about an order","user":{{user}},"labels":[],"state":"open","locked":false,"assignees":[],"comments":3,"created_at":"{{at}}","updated_at":"{{at}}","author_association":"NONE","body":"Hello"},"comment":{"url":"{{url}}","html_url":"{{url}}","issue_url":"{{url}}","id":{{9_900_000 + number}},"node_id":"C1","user":{{user}},"created_at":"{{at}}","updated_at":"{{at}}","author_association":"NONE","body":"{{text}}"},"sender":{{user}}}
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
