using Scouthook.Inbox.Delivering.Secrets;

namespace Scouthook.Inbox.Tests.Delivering;

public class StandardWebhooksSignatureTests
{
    [Fact]
    public void Signature_matches_the_reference_libraries()
    {
        // The test vector shared by the Standard Webhooks libraries.
        var signature = SomeDelivery.Secret(SomeDelivery.StandardSecret).SignStandard(
            "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    [Theory]
    [InlineData("a", 1, "{}")]
    [InlineData("b", 0, "{}")]
    [InlineData("b", 1, "{ }")]
    public void Signature_covers_id_timestamp_and_body(string id, long timestamp, string body)
    {
        var key = new byte[24];

        var signature = StandardWebhooksSignature.Sign("b", 1, "{}"u8, key);
        var other = StandardWebhooksSignature.Sign(id, timestamp, System.Text.Encoding.UTF8.GetBytes(body), key);

        Assert.NotEqual(signature, other);
    }
}
