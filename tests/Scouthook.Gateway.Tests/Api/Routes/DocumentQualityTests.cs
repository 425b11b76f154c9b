using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using Scouthook.AsyncApi.Tests.Support;

namespace Scouthook.Gateway.Tests.Api.Routes;

/// <summary>The OpenAPI document as the tools of other people read it.</summary>
public sealed class DocumentQualityTests(RouteWorld world) : IClassFixture<RouteWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redocly_and_Spectral_find_nothing_and_the_generated_TypeScript_compiles()
    {
        using var folder = new Folder();
        await File.WriteAllTextAsync(folder["v1.json"], world.Document.ToJsonString(), Cancelled);

        var answers = await Node.AskAsync(new JsonObject
        {
            ["ask"] = "openapi", ["file"] = folder["v1.json"], ["types"] = folder["api.ts"],
        });

        Assert.Empty(answers[0]!["problems"]!.AsArray().Select(problem => (string)problem!));
        var types = (string)answers[0]!["types"]!;
        Assert.Contains("EndpointCreation: {", types, StringComparison.Ordinal);
        Assert.Contains("""state: "pending" | "leased" | "delivered" | "deadLettered" | "discarded";""", types, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CSharp_client_generated_by_NSwag_compiles()
    {
        using var folder = new Folder();
        var document = await OpenApiDocument.FromJsonAsync(world.Document.ToJsonString(), Cancelled);
        var settings = new CSharpClientGeneratorSettings { ClassName = "ScouthookClient" };
        settings.CSharpGeneratorSettings.Namespace = "Generated";
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        var code = new CSharpClientGenerator(document, settings).GenerateFile();
        await File.WriteAllTextAsync(folder["Client.cs"], code, Cancelled);

        Assert.Equal("", await CompileAsync(folder["Client.cs"]));
        Assert.Contains("Task<EventPage> ListEventsAsync(", code, StringComparison.Ordinal);
        Assert.Contains("Task<Endpoint> CreateEndpointAsync(EndpointCreation body", code, StringComparison.Ordinal);
        Assert.Contains("enum DeliveryState", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_has_a_description_and_every_response_an_example()
    {
        var missing = new List<string>();
        foreach (var (method, path, operation) in OpenApi.Operations(world.Document))
        {
            var where = $"{method} {path}";
            Check(missing, operation, where, "description", "summary");
            Assert.Matches("^[a-z][A-Za-z]+$", (string?)operation["operationId"]);
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            {
                Check(missing, parameter!, $"{where} {parameter!["name"]}", "description");
            }

            foreach (var (status, answer) in operation["responses"]!.AsObject())
            {
                Check(missing, answer!, $"{where} {status}", "description");
                foreach (var (type, content) in answer!["content"]?.AsObject() ?? [])
                {
                    Check(missing, content!, $"{where} {status} {type}", "example");
                }
            }

            foreach (var (type, content) in operation["requestBody"]?["content"]?.AsObject() ?? [])
            {
                Assert.StartsWith("#/components/schemas/", (string?)content!["schema"]!["$ref"], StringComparison.Ordinal);
                Check(missing, content, $"{where} {type}", "example");
            }
        }

        foreach (var (name, schema) in world.Document["components"]!["schemas"]!.AsObject())
        {
            Check(missing, schema!, name, "description");
            foreach (var (member, type) in schema!["properties"]?.AsObject() ?? [])
            {
                var either = type!["oneOf"]?.AsArray().OfType<JsonObject>().FirstOrDefault(choice => choice.ContainsKey("description"));
                Check(missing, either ?? type, $"{name}.{member}", "description");
            }
        }

        Assert.Empty(missing);
        Assert.Equal("/", (string?)world.Document["servers"]!.AsArray().Single()!["url"]);
        Assert.Equal("MIT", (string?)world.Document["info"]!["license"]!["identifier"]);
    }

    private static void Check(List<string> missing, JsonNode node, string where, params string[] members) =>
        missing.AddRange(members
            .Where(member => node[member] is null || (node[member] is JsonValue text && text.ToString() is "" or "OK"))
            .Select(member => $"{where}: {member}"));

    /// <summary>Compiles a file with the compiler of the SDK against the libraries that these tests run on.</summary>
    /// <returns>The errors and warnings.</returns>
    private static async Task<string> CompileAsync(string file)
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var root = Path.GetFullPath(Path.Combine(runtime, "../../.."));
        var version = (await RunAsync("dotnet", "--version")).Trim();
        return await RunAsync(
            "dotnet",
            [
                Path.Combine(root, "sdk", version, "Roslyn/bincore/csc.dll"), "-nologo", "-target:library", $"-out:{file}.dll", file,
                .. Directory.EnumerateFiles(runtime, "*.dll")
                    .Where(library => Path.GetFileName(library) is var name
                        && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
                    .Where(library => !library.EndsWith(".Native.dll", StringComparison.Ordinal))
                    .Select(library => $"-reference:{library}"),
            ]);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Cancelled);
        var output = await process.StandardOutput.ReadToEndAsync(Cancelled) + await error;
        await process.WaitForExitAsync(Cancelled);
        return output;
    }
}
