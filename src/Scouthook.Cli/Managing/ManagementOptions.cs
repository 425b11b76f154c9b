using System.CommandLine;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>Where the gateway is and which key to use: the same two options for every command that asks it.</summary>
internal sealed class ManagementOptions
{
    public const string ApiVariable = "SCOUTHOOK_API";
    public const string KeyVariable = "SCOUTHOOK_KEY";

    private const string DefaultApi = "http://127.0.0.1:5000";

    private readonly Option<string?> _api = Address();

    private readonly Option<string?> _key = Key();

    public static Option<string?> Key() => new("--key")
    {
        Description = $"A key of the management API. Default: the environment variable {KeyVariable}, which other users of "
            + "the machine cannot see in the list of processes.",
        HelpName = "key",
    };

    /// <returns>The key; <see langword="null"/>: none is given, or what is given has characters that no key has.</returns>
    public static string? ReadKey(ParseResult parseResult, Option<string?> option) =>
        (parseResult.GetValue(option) ?? Environment.GetEnvironmentVariable(KeyVariable))?.Trim() is { Length: > 0 } key && IsKey(key)
            ? key
            : null;

    public static Option<string?> Address() => new("--api")
    {
        Description = $"The address of the gateway. Default: the environment variable {ApiVariable}, then {DefaultApi}.",
        HelpName = "url",
    };

    /// <exception cref="UsageException">It is not an address.</exception>
    public static Uri ReadAddress(ParseResult parseResult, Option<string?> option)
    {
        var api = parseResult.GetValue(option) ?? Environment.GetEnvironmentVariable(ApiVariable) ?? DefaultApi;
        return Uri.TryCreate(api, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new UsageException($"{api} is not an address such as {DefaultApi}.");
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_api);
        command.Options.Add(_key);
    }

    /// <exception cref="UsageException">The address or the key is missing or wrong.</exception>
    public ManagementClient Open(ParseResult parseResult)
    {
        var address = ReadAddress(parseResult, _api);
        var key = parseResult.GetValue(_key) ?? Environment.GetEnvironmentVariable(KeyVariable);
        if (string.IsNullOrWhiteSpace(key))
        {
            throw new UsageException(
                $"No key: give --key, or set {KeyVariable}. The first start of the gateway prints one; when it is lost, stop the "
                + "gateway and run scouthook keys create --data DIR.");
        }

        key = key.Trim();
        return IsKey(key)
            ? new ManagementClient(new Uri(address, "/api/v1/"), key)
            : throw new UsageException("The key has characters that no key has. Was something else copied along, or a part of it left out?");
    }

    private static bool IsKey(string text) => text.All(character => character is > ' ' and < '\x7f');
}
