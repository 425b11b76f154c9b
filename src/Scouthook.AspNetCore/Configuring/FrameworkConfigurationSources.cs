using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Scouthook.Settings;

namespace Scouthook.AspNetCore.Configuring;

/// <summary>The configuration sources of an ASP.NET Core app, including nested ones and files that were lost.</summary>
internal sealed class FrameworkConfigurationSources : IConfigurationSources
{
    private static readonly PlainConfigurationSources Plain = new();

    private static readonly JsonDocumentOptions AsTheFrameworkReads = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public IEnumerable<IConfigurationProvider> Of(IConfiguration configuration) => Plain.Of(configuration)
        .SelectMany(provider => provider is ChainedConfigurationProvider { Configuration: IConfigurationRoot inner }
            ? Of(inner)
            : [provider]);

    public string? WhyEmpty(IConfigurationProvider provider, string section) =>
        provider is FileConfigurationProvider { Source: var source } ? WhyEmpty(source, section) : null;

    private static string? WhyEmpty(FileConfigurationSource source, string section)
    {
        try
        {
            if (source.FileProvider?.GetFileInfo(source.Path ?? "") is not { Exists: true } file)
            {
                return $"The file {source.Path} is gone.";
            }

            using var stream = file.CreateReadStream();
            using var document = JsonDocument.Parse(stream, AsTheFrameworkReads);
            return document.RootElement.ValueKind is JsonValueKind.Object
                && !document.RootElement.EnumerateObject().Any(member =>
                    member.Name.StartsWith(section, StringComparison.OrdinalIgnoreCase))
                ? null
                : $"The file {source.Path} is being replaced.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return $"The file {source.Path} cannot be read.";
        }
    }
}
