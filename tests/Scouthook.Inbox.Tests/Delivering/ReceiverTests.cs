using Scouthook.Inbox.Delivering.Secrets;

namespace Scouthook.Inbox.Tests.Delivering;

/// <summary>The signatures of deliveries, verified by independent implementations.</summary>
public sealed class ReceiverTests : IDisposable
{
    private const string Old = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private const string New = SomeDelivery.StandardSecret;
    private const string NoMatch = "No matching signature found";

    private readonly SenderSetup _setup = new();

    public void Dispose() => _setup.Dispose();

    [Fact]
    public async Task Standard_Webhooks_library_accepts_both_secrets_during_a_rotation_and_one_otherwise()
    {
        var before = SomeDelivery.Secrets(Old);
        var during = before.Rotate(SomeDelivery.Secret(New), Some.Instant);

        Assert.Equal([null, NoMatch], await VerifyAsync(before));
        Assert.Equal([null, null], await VerifyAsync(during));
        Assert.Equal([NoMatch, null], await VerifyAsync(during.Finish()));
        _setup.Time.Advance(EndpointSecrets.Grace);
        Assert.Equal([NoMatch, null], await VerifyAsync(during));
    }

    [Fact]
    public async Task Standard_Webhooks_library_accepts_the_secret_generated_next_to_another_text()
    {
        var secrets = SomeDelivery.Secrets("what the receiver always had");

        var request = await DeliverAsync(secrets);

        Assert.Null(await Receivers.VerifyAsync(request, secrets.Current.StandardText, _setup.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Standard_Webhooks_library_rejects_a_modified_or_late_delivery()
    {
        var request = await DeliverAsync(SomeDelivery.Secrets());

        Assert.Equal(
            NoMatch, await Receivers.VerifyAsync(request with { Body = [.. request.Body, (byte)' '] }, New, Some.Instant));
        Assert.Equal("Message timestamp too old", await Receivers.VerifyAsync(request, New, Some.Instant.AddMinutes(6)));
    }

    [Theory]
    [InlineData(Old)]
    [InlineData("what the receiver always had")]
    [InlineData("Schlüssel 🔑")]
    public async Task PHP_computes_the_same_header_as_an_existing_receiver(string old)
    {
        var before = SomeDelivery.Secrets(old);
        var during = before.Rotate(SomeDelivery.Secret(New), Some.Instant);

        await CheckInPhpAsync(before, old);
        await CheckInPhpAsync(during, old);
        await CheckInPhpAsync(during.Finish(), New);
        _setup.Time.Advance(EndpointSecrets.Grace);
        await CheckInPhpAsync(during, New);
    }

    /// <summary>Returns the library's results with the old and the new secret.</summary>
    private async Task<string?[]> VerifyAsync(EndpointSecrets secrets)
    {
        var now = _setup.Time.GetUtcNow();
        var request = await DeliverAsync(secrets);
        return [await Receivers.VerifyAsync(request, Old, now), await Receivers.VerifyAsync(request, New, now)];
    }

    private async Task CheckInPhpAsync(EndpointSecrets secrets, string expected)
    {
        var request = await DeliverAsync(secrets);

        Assert.Equal(await Receivers.SignInPhpAsync(request.Body, expected), request["X-HelpScout-Signature"]);
    }

    private async Task<ReceivedRequest> DeliverAsync(EndpointSecrets secrets)
    {
        await using var endpoint = await RecordingEndpoint.StartAsync();
        await _setup.SendAsync(endpoint.Url, secrets: secrets);
        return Assert.Single(endpoint.Requests);
    }
}
