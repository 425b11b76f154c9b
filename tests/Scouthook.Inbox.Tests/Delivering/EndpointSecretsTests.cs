using System.Text;
using Scouthook.Inbox.Delivering.Secrets;

namespace Scouthook.Inbox.Tests.Delivering;

public class EndpointSecretsTests
{
    private static readonly byte[] Body = """{"id":1}"""u8.ToArray();
    private static readonly EndpointSecret Old = SomeDelivery.Secret("the one before");
    private static readonly EndpointSecret New = SomeDelivery.Secret(SomeDelivery.StandardSecret);

    [Fact]
    public void Before_a_rotation_one_secret_signs_both_headers()
    {
        Check(new EndpointSecrets(Old), Some.Instant, Old, Old);
    }

    [Fact]
    public void Both_secrets_sign_during_the_grace_period_and_the_Help_Scout_header_keeps_the_previous_one()
    {
        var secrets = new EndpointSecrets(Old).Rotate(New, Some.Instant);

        Check(secrets, Some.Instant, Old, New, Old);
        Check(secrets, Some.Instant.AddHours(24).AddTicks(-1), Old, New, Old);
    }

    [Fact]
    public void Only_the_new_secret_signs_after_24_hours()
    {
        var secrets = new EndpointSecrets(Old).Rotate(New, Some.Instant);

        Check(secrets, Some.Instant.AddHours(24), New, New);
    }

    [Fact]
    public void Finishing_ends_the_grace_period_at_once()
    {
        var secrets = new EndpointSecrets(Old).Rotate(New, Some.Instant).Finish();

        Check(secrets, Some.Instant, New, New);
        Assert.Empty(secrets.Earlier);
    }

    [Fact]
    public void Rotation_without_a_secret_generates_one()
    {
        var secrets = new EndpointSecrets(Old).Rotate(null, Some.Instant);

        Assert.Equal(38, secrets.Current.Text.Length);
        Assert.Same(Old, Assert.Single(secrets.Earlier).Secret);
    }

    [Fact]
    public void Rotations_during_a_grace_period_keep_every_announced_secret_signing_until_its_own_period_ends()
    {
        var newest = EndpointSecret.Generate();

        var secrets = new EndpointSecrets(Old).Rotate(New, Some.Instant).Rotate(newest, Some.Instant.AddHours(1));

        Check(secrets, Some.Instant.AddHours(24).AddTicks(-1), Old, newest, New, Old);
        Check(secrets, Some.Instant.AddHours(24), New, newest, New);
        Check(secrets, Some.Instant.AddHours(25), newest, newest);
    }

    [Fact]
    public void Rotation_back_to_a_secret_that_still_signs_keeps_it_for_the_Help_Scout_header()
    {
        var secrets = new EndpointSecrets(Old).Rotate(New, Some.Instant).Rotate(Old, Some.Instant.AddHours(1));

        Check(secrets, Some.Instant.AddHours(2), Old, Old, New);
        Check(secrets, Some.Instant.AddHours(24.5), Old, Old, New);
        Check(secrets, Some.Instant.AddHours(25), Old, Old);
    }

    [Fact]
    public void Previous_secrets_are_counted_while_they_sign_and_removed_by_the_next_rotation()
    {
        var secrets = new EndpointSecrets(Old);
        for (var count = 0; count < EndpointSecrets.MaxEarlier; count++)
        {
            Assert.False(secrets.IsFull(Some.Instant));
            secrets = secrets.Rotate(null, Some.Instant);
        }

        Assert.True(secrets.IsFull(Some.Instant));
        Assert.False(secrets.IsFull(Some.Instant.AddHours(24)));
        Assert.Single(secrets.Rotate(null, Some.Instant.AddHours(24)).Earlier);
    }

    [Fact]
    public void Stored_secrets_are_read_back_unchanged()
    {
        foreach (var secrets in new[]
        {
            new EndpointSecrets(Old),
            new EndpointSecrets(New),
            new EndpointSecrets(Old).Rotate(New, Some.Instant),
            new EndpointSecrets(New).Rotate(Old, Some.Instant),
            new EndpointSecrets(New).Rotate(Old, Some.Instant).Rotate(null, Some.Instant.AddHours(1)),
        })
        {
            var read = EndpointSecretsJson.Read(EndpointSecretsJson.Write(secrets));

            Assert.Equal(Shown(secrets), Shown(read));
        }

        static IEnumerable<(string, string, DateTimeOffset?)> Shown(EndpointSecrets secrets) => secrets.Earlier
            .Select(it => (it.Secret.Text, it.Secret.StandardText, (DateTimeOffset?)it.EndsAt))
            .Append((secrets.Current.Text, secrets.Current.StandardText, null));
    }

    [Fact]
    public void Stored_format_does_not_change()
    {
        const string json = """
            {"current":{"text":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},"earlier":[{"text":"the one before","standard":"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","endsAt":"2026-03-03T10:02:17+00:00"}]}
            """;
        const string jsonWithOneEarlier = """
            {"current":{"text":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},"previous":{"text":"the one before","standard":"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},"graceEndsAt":"2026-03-03T10:02:17+00:00"}
            """;

        foreach (var stored in new[] { json, jsonWithOneEarlier })
        {
            var read = EndpointSecretsJson.Read(Encoding.UTF8.GetBytes(stored));

            Assert.Equal(json, Encoding.UTF8.GetString(EndpointSecretsJson.Write(read)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("geheim")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"current":"geheim"}""")]
    [InlineData("""{"current":{"text":7}}""")]
    [InlineData("""{"current":{"text":"geheim","standard":"geheim"}}""")]
    [InlineData("""{"current":{"text":"geheim"}}""")]
    [InlineData("""{"current":{"text":"whsec_geheim"}}""")]
    public void Unreadable_stored_secrets_are_reported_without_quoting_them(string json)
    {
        var exception = Assert.Throws<FormatException>(() => EndpointSecretsJson.Read(Encoding.UTF8.GetBytes(json)));

        Assert.DoesNotContain("geheim", exception.ToString(), StringComparison.Ordinal);
    }

    private static void Check(
        EndpointSecrets secrets, DateTimeOffset now, EndpointSecret helpScout, params EndpointSecret[] standard)
    {
        Assert.Equal(helpScout.SignHelpScout(Body), secrets.SignHelpScout(Body, now));
        Assert.Equal(
            string.Join(' ', standard.Select(it => it.SignStandard("id", now.ToUnixTimeSeconds(), Body))),
            secrets.SignStandard("id", Body, now));
    }
}
