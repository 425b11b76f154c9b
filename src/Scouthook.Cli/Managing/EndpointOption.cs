using System.CommandLine;
using System.CommandLine.Completions;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>Options and arguments that name an endpoint; a shell completes them with the names of the gateway.</summary>
internal static class EndpointOption
{
    /// <summary>A shell must not hang because a gateway does not respond.</summary>
    private static readonly TimeSpan CompletionTimeout = TimeSpan.FromSeconds(3);

    private static IReadOnlyList<string> _names = [];

    public static Option<string?> Create(string description)
    {
        var option = new Option<string?>("--endpoint") { Description = description, HelpName = "name" };
        option.CompletionSources.Add(Complete);
        return option;
    }

    public static Argument<T> Argument<T>(string description)
    {
        var argument = new Argument<T>("endpoint") { Description = description, HelpName = "endpoint" };
        argument.CompletionSources.Add(Complete);
        return argument;
    }

    /// <summary>Reads the names for a completion from the gateway of the environment; without a response there are none.</summary>
    public static async Task LoadNamesAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(CompletionTimeout);
        try
        {
            using var client = ManagementOptions.OpenFromEnvironment();
            _names = client is null ? [] : [.. (await EndpointNames.ReadAsync(client, timeout.Token)).Names];
        }
        catch (Exception exception) when (exception is CommandFailedException or UsageException or OperationCanceledException)
        {
            _names = [];
        }
    }

    private static IEnumerable<CompletionItem> Complete(CompletionContext context) => _names.Select(name => new CompletionItem(name));
}
