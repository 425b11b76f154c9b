using System.Reflection;
using Scouthook.Events;
using Scouthook.Parsing;

namespace Scouthook.Testing.Tests.Samples;

public sealed class SampleEventsTests
{
    private static readonly string Payloads = typeof(SampleEventsTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "PayloadsDirectory").Value!;

    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Sample_equals_the_contract_file_byte_for_byte(string name)
    {
        var sample = SampleEvents.Get(name);

        Assert.Equal(File.ReadAllBytes(Path.Combine(Payloads, $"{name}.json")), sample.Body.ToArray());
        Assert.Same(sample, SampleEvents.Get(HelpScoutEventCatalog.Find(name)!));
    }

    [Theory]
    [MemberData(nameof(Names.All), MemberType = typeof(Names))]
    public void Sample_parses_as_the_record_of_its_name(string name)
    {
        var sample = SampleEvents.Get(name);

        var parsed = WebhookParser.Parse(name, sample.Body);

        Assert.Equal(sample.EventType!.EventClrType, parsed.GetType());
    }

    [Fact]
    public void Samples_follow_the_order_of_the_catalogue()
    {
        Assert.Equal(HelpScoutEventCatalog.All, SampleEvents.All.Select(sample => sample.EventType));
    }

    [Fact]
    public void Name_outside_the_catalogue_is_rejected()
    {
        Assert.Throws<ArgumentException>(() => SampleEvents.Get("convo.updated"));
    }
}
