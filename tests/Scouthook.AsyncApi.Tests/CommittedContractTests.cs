using Scouthook.AsyncApi.Tests.Support;

namespace Scouthook.AsyncApi.Tests;

public sealed class CommittedContractTests
{
    public static TheoryData<string> Versions => Documents.Versions;

    [Theory]
    [MemberData(nameof(Versions))]
    public void Committed_contract_is_what_the_code_writes(string version)
    {
        var file = $"contract/helpscout-webhooks.asyncapi-{version}.yaml";

        var committed = File.ReadAllText(Repository.PathOf(file));

        Assert.True(
            committed == Documents.Create(version).ToYaml(),
            $"{file} differs from what the code writes. Write it anew with eng/update-contract.sh and review the change.");
    }

    [Fact]
    public void Version_is_found_by_its_number_only()
    {
        Assert.True(AsyncApiVersion.TryParse("2.6.0", out var version));
        Assert.Same(AsyncApiVersion.V260, version);
        Assert.All([null, "", "2.6", "3", "3.0.1", " 3.0.0"], text => Assert.False(AsyncApiVersion.TryParse(text, out _)));
    }
}
