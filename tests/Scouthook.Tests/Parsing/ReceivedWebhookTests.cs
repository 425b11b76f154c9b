using Scouthook.Parsing;
using Scouthook.Signing;
using Scouthook.TestSupport.Payloads;
using Scouthook.Tests.Support;
using Xunit;

namespace Scouthook.Tests.Parsing;

public class ReceivedWebhookTests
{
    private static readonly byte[] Body = Samples.Body("convo.assigned");

    [Fact]
    public void Request_with_a_valid_signature_becomes_a_received_webhook()
    {
        using var secrets = new SigningSecrets(Some.Secret);
        var headers = Some.Headers("convo.assigned", Body);

        var verification = ReceivedWebhook.Verify(headers, Body, secrets, out var webhook, "eu", Some.Instant);

        Assert.Equal(SignatureVerification.Valid, verification);
        Assert.NotNull(webhook);
        Assert.Equal("eu", webhook.Source);
        Assert.Equal("convo.assigned", webhook.EventName);
        Assert.Same(Samples.Type("convo.assigned"), webhook.EventType);
        Assert.True(webhook.Body.Equals(Body.AsMemory()));
        Assert.Equal(Some.Instant, webhook.ReceivedAt);
        Assert.Equal(headers, webhook.Headers);
        Assert.Equal("conversation:3352330144", webhook.Facts.Resource.ToString());
    }

    [Theory]
    [InlineData("no", SignatureVerification.Malformed)]
    [InlineData("", SignatureVerification.Missing)]
    [InlineData("6SuhMFURWqcm/W0V4MIgWpApEio=", SignatureVerification.Mismatch)]
    public void Request_without_a_valid_signature_becomes_no_webhook(string signature, SignatureVerification expected)
    {
        using var secrets = new SigningSecrets(Some.Secret);

        var verification = ReceivedWebhook.Verify(
            [new("X-HelpScout-Event", "tag.created"), new("X-HelpScout-Signature", signature)], "{}"u8.ToArray(), secrets, out var webhook);

        Assert.Equal(expected, verification);
        Assert.Null(webhook);
    }

    [Fact]
    public void Request_without_headers_is_not_signed_and_has_no_event_name()
    {
        using var secrets = new SigningSecrets(Some.Secret);
        var signature = Some.Headers("", Body)[1];

        var unsigned = ReceivedWebhook.Verify([], Body, secrets, out _);
        var unnamed = ReceivedWebhook.Verify([signature], Body, secrets, out var webhook);

        Assert.Equal((SignatureVerification.Missing, SignatureVerification.Valid), (unsigned, unnamed));
        Assert.Equal("", webhook!.EventName);
    }

    [Fact]
    public void Two_signatures_are_ambiguous_even_if_both_are_valid()
    {
        using var secrets = new SigningSecrets(Some.Secret);
        var headers = Some.Headers("convo.assigned", Body);

        var verification = ReceivedWebhook.Verify([.. headers, headers[1]], Body, secrets, out var webhook);

        Assert.Equal(SignatureVerification.Ambiguous, verification);
        Assert.Null(webhook);
    }

    [Fact]
    public void Header_names_are_case_insensitive()
    {
        using var secrets = new SigningSecrets(Some.Secret);

        ReceivedWebhook.Verify(
            [.. Some.Headers("convo.assigned", Body).Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), header.Value))],
            Body,
            secrets,
            out var webhook);

        Assert.Equal("convo.assigned", webhook?.EventName);
    }

    [Fact]
    public void Webhook_takes_ownership_of_the_bytes_only_if_the_signature_is_valid()
    {
        using var wrong = new SigningSecrets("another secret");
        using var right = new SigningSecrets(Some.Secret);
        using var owner = new CountingOwner();
        var headers = Some.Headers("convo.assigned", Body);

        ReceivedWebhook.Verify(headers, Body, wrong, out _, owner: owner);
        var afterRefusal = owner.Disposals;
        ReceivedWebhook.Verify(headers, Body, right, out var webhook, owner: owner);
        var afterVerification = owner.Disposals;
        webhook!.Dispose();

        Assert.Equal((0, 0, 1), (afterRefusal, afterVerification, owner.Disposals));
    }

    [Fact]
    public void Body_cannot_be_read_after_disposal()
    {
        var webhook = Some.Webhook("convo.assigned", source: "eu");

        webhook.Dispose();

        Assert.Throws<ObjectDisposedException>(() => webhook.Body);
        Assert.StartsWith("convo.assigned from eu", webhook.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Owner_of_the_bytes_is_disposed_once_however_often_the_webhook_is_disposed()
    {
        using var owner = new CountingOwner();
        var webhook = Some.Webhook(owner: owner);

        Parallel.For(0, 16, _ => webhook.Dispose());

        Assert.Equal(1, owner.Disposals);
    }

    [Fact]
    public void ToString_of_a_webhook_reveals_nothing_of_the_body()
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
    public void Event_stays_intact_after_its_buffer_is_returned_and_overwritten(string name)
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
