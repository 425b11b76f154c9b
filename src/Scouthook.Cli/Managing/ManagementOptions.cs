using System.CommandLine;
using Scouthook.Cli.CommandLine;

namespace Scouthook.Cli.Managing;

/// <summary>The options <c>--api</c> and <c>--key</c> of every command that calls the management API.</summary>
internal sealed class ManagementOptions
{
    public const string ApiVariable = "SCOUTHOOK_API";
    public const string KeyVariable = "SCOUTHOOK_KEY";

    public const string DefaultApi = "http://127.0.0.1:5000";

    private readonly Option<string?> _api = Address();

    private readonly Option<string?> _key = Key();

    public static Option<string?> Key() => new("--key")
    {
        Description = $"An API key. Default: the environment variable {KeyVariable}, which keeps it out of the process list.",
        HelpName = "key",
    };

    /// <returns>The key; <see langword="null"/> if there is none, or if it contains invalid characters.</returns>
    public static string? ReadKey(ParseResult parseResult, Option<string?> option) =>
        (parseResult.GetValue(option) ?? Environment.GetEnvironmentVariable(KeyVariable))?.Trim() is { Length: > 0 } key && IsKey(key)
            ? key
            : null;

    public static Option<string?> Address() => new("--api")
    {
        Description = $"The address of the gateway, or of an app with the path of its management API. Default: the environment variable {ApiVariable}, "
            + $"then {DefaultApi}.",
        HelpName = "url",
    };

    /// <exception cref="UsageException">The address is not a valid URL.</exception>
    public static Uri ReadAddress(ParseResult parseResult, Option<string?> option) =>
        ToAddress(parseResult.GetValue(option) ?? Environment.GetEnvironmentVariable(ApiVariable) ?? DefaultApi);

    /// <summary>Returns an address below that of the gateway, which in an app has a path.</summary>
    public static Uri Below(Uri address, string path) => new($"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");

    /// <returns>A client for the gateway that the environment names; <see langword="null"/> if it names no key.</returns>
    /// <exception cref="UsageException">The address is not a valid URL.</exception>
    public static ManagementClient? OpenFromEnvironment()
    {
        var api = Environment.GetEnvironmentVariable(ApiVariable) ?? DefaultApi;
        return Environment.GetEnvironmentVariable(KeyVariable)?.Trim() is { Length: > 0 } key && IsKey(key)
            ? new ManagementClient(Below(ToAddress(api), "api/v1/"), key)
            : null;
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_api);
        command.Options.Add(_key);
    }

    /// <exception cref="UsageException">The address or the key is missing or invalid.</exception>
    public ManagementClient Open(ParseResult parseResult)
    {
        var address = ReadAddress(parseResult, _api);
        var key = parseResult.GetValue(_key) ?? Environment.GetEnvironmentVariable(KeyVariable);
        if (string.IsNullOrWhiteSpace(key))
        {
            throw new UsageException(
                $"No API key given. Pass --key or set {KeyVariable}. The gateway prints a key on first start. If it is lost, stop the "
                + "gateway and run scouthook keys create --name me --role admin --data DIR.");
        }

        key = key.Trim();
        return IsKey(key)
            ? new ManagementClient(Below(address, "api/v1/"), key)
            : throw new UsageException("The API key contains invalid characters. Check that you copied exactly the key.");
    }

    private static bool IsKey(string text) => text.All(character => character is > ' ' and < '\x7f');

    private static Uri ToAddress(string api) => Uri.TryCreate(api, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new UsageException($"{api} is not a valid gateway address. Pass a URL such as {DefaultApi}.");
}
