using Scouthook.Parsing;
using Scouthook.Signing;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Parsing;

public class WebhookRequestTests
{
    [Fact]
    public void Request_with_a_valid_signature_becomes_a_received_webhook()
    {
        using var secrets = new SigningSecrets(Some.Secret);
        using var request = Some.Request("convo.assigned", source: "eu");

        var verification = request.Verify(secrets, out var webhook);

        Assert.Equal(SignatureVerification.Valid, verification);
        Assert.NotNull(webhook);
        Assert.Equal("eu", webhook.Source);
        Assert.Equal("convo.assigned", webhook.EventName);
        Assert.Same(Samples.Type("convo.assigned"), webhook.EventType);
        Assert.True(webhook.Body.Equals(request.Body));
        Assert.Equal(Some.Instant, webhook.ReceivedAt);
        Assert.Equal("conversation:3352330144", webhook.Facts.Resource.ToString());
    }

    [Theory]
    [InlineData(null, SignatureVerification.Missing)]
    [InlineData("no", SignatureVerification.Malformed)]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApEio=", SignatureVerification.Mismatch)]
    public void Request_without_a_valid_signature_becomes_nothing(string? signature, SignatureVerification expected)
    {
        using var secrets = new SigningSecrets(Some.Secret);
        using var request = new WebhookRequest { EventName = "tag.created", Signature = signature, Body = "{}"u8.ToArray() };

        var verification = request.Verify(secrets, out var webhook);

        Assert.Equal(expected, verification);
        Assert.Null(webhook);
    }

    [Fact]
    public void Owner_of_the_bytes_stays_with_a_request_that_failed_and_is_disposed_with_it()
    {
        using var secrets = new SigningSecrets("another secret");
        using var owner = new CountingOwner();
        var request = Some.Request(owner: owner);

        request.Verify(secrets, out _);
        var before = owner.Disposals;
        request.Dispose();
        request.Dispose();

        Assert.Equal(0, before);
        Assert.Equal(1, owner.Disposals);
    }

    [Fact]
    public void Disposing_a_verified_request_leaves_the_bytes_to_the_webhook()
    {
        using var secrets = new SigningSecrets(Some.Secret);
        using var owner = new CountingOwner();
        var request = Some.Request(owner: owner);

        request.Verify(secrets, out var webhook);
        request.Dispose();
        var before = owner.Disposals;
        webhook!.Dispose();

        Assert.Equal(0, before);
        Assert.Equal(1, owner.Disposals);
    }

    [Fact]
    public void Owner_of_the_bytes_is_disposed_once_however_often_the_webhook_is()
    {
        using var owner = new CountingOwner();
        var webhook = Some.Webhook(owner: owner);

        Parallel.For(0, 16, _ => webhook.Dispose());

        Assert.Equal(1, owner.Disposals);
    }

    [Fact]
    public void Text_of_a_webhook_reveals_nothing_of_the_body()
    {
        using var webhook = Some.Webhook("convo.assigned", source: "eu");

        Assert.Equal(
            $"convo.assigned from eu, {Samples.Body("convo.assigned").Length} bytes", webhook.ToString());
    }

    [Fact]
    public void Name_outside_the_catalogue_has_no_event_type()
    {
        using var webhook = Some.Webhook("helpscout.test", """{"id":123}""");

        Assert.Null(webhook.EventType);
        Assert.IsType<Scouthook.Events.UnknownEvent>(webhook.ToEvent());
    }

    [Theory]
    [InlineData("convo.assigned")]
    [InlineData("beacon.chat.customer.replied")]
    [InlineData("message.survey.response.received")]
    public void Event_stays_whole_after_the_bytes_were_given_back_and_overwritten(string name)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(
            JsonTree.Appended(Samples.Json(name), "brandNew", """{"a":["kept"]}"""));
        var expected = body.ToArray();
        using var owner = new CountingOwner(() => Array.Fill(body, (byte)'#'));
        var webhook = Some.Webhook(name, body, owner: owner);

        var read = webhook.ToEvent();
        webhook.Dispose();

        Assert.Equal((byte)'#', body[0]);
        Assert.Equal(expected, read.Body.ToArray());
        Assert.Equal("kept", read.Payload!.ExtensionData!["brandNew"].GetProperty("a")[0].GetString());
        Assert.Equal(
            TypedMembers.Of(Samples.Event(name).Payload).Values.Select(TypedMembers.Text),
            TypedMembers.Of(read.Payload).Values.Select(TypedMembers.Text));
    }
}
