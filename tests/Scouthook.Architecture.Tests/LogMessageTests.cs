using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Scouthook.Architecture.Tests;

/// <summary>Log messages are public: operators filter and alert by their ids.</summary>
public sealed class LogMessageTests
{
    [Fact]
    public void Every_log_message_has_a_unique_id()
    {
        var messages = Repository.Projects.SelectMany(LogMessages).ToList();

        Assert.NotEmpty(messages);
        Findings.AssertNone(messages.CountBy(message => message.Id).Where(id => id.Value > 1)
            .Select(id => $"{id.Key} is the id of {id.Value} messages."));
    }

    [Fact]
    public void Log_messages_of_a_project_are_in_one_class() => Assert.All(Repository.Projects, project =>
        Assert.True(LogMessages(project).Select(message => message.Type).Distinct().Count() <= 1, project));

    private static IEnumerable<(string Type, int Id)> LogMessages(string project)
    {
        using var image = new PEReader(File.OpenRead(Repository.AssemblyOf(project)));
        var metadata = image.GetMetadataReader();
        foreach (var type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            foreach (var attribute in type.GetMethods().SelectMany(method => metadata.GetMethodDefinition(method).GetCustomAttributes())
                .Select(metadata.GetCustomAttribute).Where(attribute => IsLogMessage(metadata, attribute)))
            {
                // The constructor whose first argument is the id; the value follows a prolog of two bytes.
                var value = metadata.GetBlobReader(attribute.Value);
                value.ReadUInt16();
                yield return (metadata.GetString(type.Name), value.ReadInt32());
            }
        }
    }

    private static bool IsLogMessage(MetadataReader metadata, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
        && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type).Name) == "LoggerMessageAttribute";
}
