namespace ChatAlert;

/// <summary>Posts to the incoming webhook of a chat, in the form that Slack, Mattermost and others accept.</summary>
public sealed class TeamChat(HttpClient http, IConfiguration configuration)
{
    public async Task SayAsync(string text, CancellationToken cancellationToken)
    {
        if (configuration["Chat:Url"] is not { Length: > 0 } url)
        {
            await Console.Out.WriteLineAsync($"Chat: {text}".AsMemory(), cancellationToken);
            return;
        }

        using var answer = await http.PostAsJsonAsync(url, new { text }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
