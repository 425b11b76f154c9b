using System.Text.Json.Nodes;
using Scouthook.AsyncApi.Model;
using Scouthook.AsyncApi.Rendering;
using Scouthook.Events;

namespace Scouthook.AsyncApi;

/// <summary>The contract of Help Scout's webhooks as an AsyncAPI document.</summary>
/// <remarks>
/// Both versions have the same content: one channel, one operation, the 26 messages of
/// <see cref="HelpScoutEventCatalog"/>, and for each payload a JSON Schema (draft 7) generated from the type that
/// Scouthook reads it with. The same version of this package always produces the same text.
/// </remarks>
public sealed class AsyncApiDocument
{
    private readonly JsonObject _root;

    private AsyncApiDocument(AsyncApiVersion version, JsonObject root)
    {
        Version = version;
        _root = root;
    }

    /// <summary>The version of the AsyncAPI specification that the document follows.</summary>
    public AsyncApiVersion Version { get; }

    /// <summary>Creates the document.</summary>
    /// <param name="version">The version of the AsyncAPI specification to follow.</param>
    /// <returns>The document.</returns>
    public static AsyncApiDocument Create(AsyncApiVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        ReleaseCheck.Require(typeof(HelpScoutEventType).Assembly);

        var root = version == AsyncApiVersion.V260
            ? AsyncApi2Document.Render(Contract.HelpScout, version.ToString())
            : AsyncApi3Document.Render(Contract.HelpScout, version.ToString());
        return new AsyncApiDocument(version, root);
    }

    /// <summary>Writes the document as YAML.</summary>
    /// <returns>The text, with <c>\n</c> as line break, ending with one.</returns>
    public string ToYaml() => YamlText.Write(_root);

    /// <summary>Writes the document as JSON.</summary>
    /// <returns>The text, indented, with <c>\n</c> as line break, ending with one.</returns>
    public string ToJson() => JsonText.Write(_root);
}
