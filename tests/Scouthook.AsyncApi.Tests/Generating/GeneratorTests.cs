using System.Text.RegularExpressions;
using Scouthook.AsyncApi.Tests.Support;
using Scouthook.Payloads;

namespace Scouthook.AsyncApi.Tests.Generating;

/// <summary>
/// The contract as type generators read it: Modelina from AsyncAPI, two others from the bundled schema.
/// </summary>
public sealed class GeneratorTests(GeneratedTypes generated) : IClassFixture<GeneratedTypes>
{
    /// <summary>The members that have no type, as type and member in any spelling, and the reason.</summary>
    private static readonly (string Member, string Reason)[] Loose =
    [
        (@"\w+: .*additional_?properties", "Every object is open, and Modelina has a member for what is not listed."),
        (@"\w+: \[(property|k): string\]", "The same, as quicktype and json-schema-to-typescript write it."),
        (@"ChatEvent: .*params", "Nobody documents the values."),
        (@"Params: .*Anything(Array|Map)", "The same, in quicktype's type for it."),
        (@"ConversationThread: .*scheduled", "No member of ThreadSchedule is documented."),
        (@"OrganizationEmbedded: .*properties", "No member of OrganizationProperty is documented."),
        (@"ConversationThread: private dynamic to;", "A list or one text: C# has no unions."),
        (@"ThreadAction: private dynamic\? associatedEntities;", "A map or an empty list: C# has no unions."),
        (@"ChatAvailability: private dynamic\? mailboxStatuses;", "A map or an empty list: C# has no unions."),
    ];

    [Fact]
    public void Every_tool_generates_a_named_type_for_every_payload()
    {
        var payloads = typeof(HelpScoutPayload).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(HelpScoutPayload)) && type.GetProperties().Length > 1)
            .Select(type => type.Name)
            .ToArray();

        Assert.Equal(10, generated.Outputs.Count);
        Assert.All(generated.Outputs, output =>
        {
            // Modelina treats "Link" as a reserved word of TypeScript.
            var types = output.Types.Select(name => name == "ReservedLink" ? "Link" : name).ToArray();
            Assert.DoesNotContain(types, name => name.Contains("Anonymous", StringComparison.OrdinalIgnoreCase));
            Assert.Empty(payloads.Except(types));
        });
    }

    [Fact]
    public void Every_list_of_known_values_has_its_own_type()
    {
        var known = typeof(HelpScoutPayload).Assembly.GetExportedTypes()
            .Where(type => type.GetInterfaces().Any(implemented =>
                implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IOpenValue<>)))
            .Select(type => "Known" + type.Name)
            .Order(StringComparer.Ordinal)
            .ToArray();

        var outputs = generated.Outputs.Where(output => output.HasTypesForOpenValues).ToArray();

        Assert.Equal(7, outputs.Length);
        Assert.All(outputs, output => Assert.Equal(
            known,
            output.Types.Where(name => name.StartsWith("Known", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Only_undocumented_members_have_no_type()
    {
        Assert.All(generated.Outputs, output => Assert.All(output.Loose, line => Assert.True(
            Loose.Any(allowed => Allows(allowed.Member, line)), $"{output.Name}: {line}")));
        Assert.All(Loose, allowed => Assert.Contains(
            generated.Outputs, output => output.Loose.Any(line => Allows(allowed.Member, line))));

        static bool Allows(string member, string line) => Regex.IsMatch(line, "^" + member, RegexOptions.IgnoreCase);
    }

    [Fact]
    public void Strict_TypeScript_compiles_and_reads_every_sample() => Assert.Empty(generated.Mistakes);

    [Fact]
    public async Task CSharp_compiles()
    {
        await generated.WriteAsync("Generated.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>annotations</Nullable>
              </PropertyGroup>
            </Project>
            """);

        Assert.Equal("", await generated.RunAsync(
            "dotnet", "build", "--verbosity", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false"));
    }

    [Fact]
    public async Task Python_compiles()
    {
        var files = Directory.GetFiles(generated.Folder, "*.py", SearchOption.AllDirectories);

        Assert.True(files.Length > 150, $"Only {files.Length} files.");
        Assert.Equal("", await generated.RunAsync("python3", ["-m", "py_compile", .. files]));
    }
}
