using Scouthook.AsyncApi.Tests.Support;

namespace Scouthook.AsyncApi.Tests;

public sealed class CommittedContractTests
{
    public static TheoryData<string> Versions => Documents.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public void Committed_contract_matches_the_generated_one(string version)
    {
        AssertCommitted($"contract/helpscout-webhooks.asyncapi-{version}.yaml", Documents.Create(version).ToYaml());
    }

    [Fact]
    public void Committed_schema_matches_the_generated_one() =>
        AssertCommitted("contract/helpscout-webhooks.schema.json", PayloadSchema.ToJson());

    [Fact]
    public void Version_is_found_only_by_its_number()
    {
        Assert.True(AsyncApiVersion.TryParse("2.6.0", out var version));
        Assert.Same(AsyncApiVersion.V260, version);
        Assert.All([null, "", "2.6", "3", "3.0.1", " 3.0.0"], text => Assert.False(AsyncApiVersion.TryParse(text, out _)));
    }

    private static void AssertCommitted(string file, string written) => Assert.True(
        File.ReadAllText(Repository.PathOf(file)) == written,
        $"{file} differs from what the code writes. Run eng/update-contract.sh and review the change.");
}
