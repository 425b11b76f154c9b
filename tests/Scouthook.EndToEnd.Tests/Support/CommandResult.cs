namespace Scouthook.EndToEnd.Tests.Support;

internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public string All => Output + Error;
}
