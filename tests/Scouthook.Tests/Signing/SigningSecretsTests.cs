using System.Text;
using Microsoft.Extensions.Time.Testing;
using Scouthook.Signing;
using Xunit;

namespace Scouthook.Tests.Signing;

public class SigningSecretsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Body = "{\"id\":4711}"u8.ToArray();

    [Theory]
    [InlineData("current")]
    [InlineData("previous")]
    [InlineData("oldest")]
    public void Body_signed_with_any_of_several_secrets_is_valid(string signer)
    {
        using var secrets = new SigningSecrets([new("current"), new("previous"), new("oldest")]);

        var verification = HelpScoutSignature.Verify(HelpScoutSignature.Sign(Body, signer), Body, secrets);

        Assert.Equal(SignatureVerification.Valid, verification);
    }

    [Fact]
    public void Body_signed_with_none_of_several_secrets_is_a_mismatch()
    {
        using var secrets = new SigningSecrets([new("current"), new("previous")]);

        var verification = HelpScoutSignature.Verify(HelpScoutSignature.Sign(Body, "stranger"), Body, secrets);

        Assert.Equal(SignatureVerification.Mismatch, verification);
    }

    [Fact]
    public void Body_signed_with_the_previous_secret_is_valid_until_it_expires()
    {
        var clock = new FakeTimeProvider(Start);
        using var secrets = new SigningSecrets([new("current"), new("previous", Start.AddHours(24))], clock);
        var signature = HelpScoutSignature.Sign(Body, "previous");

        var atFirst = HelpScoutSignature.Verify(signature, Body, secrets);
        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        var justBefore = HelpScoutSignature.Verify(signature, Body, secrets);
        clock.Advance(TimeSpan.FromTicks(1));
        var atTheEnd = HelpScoutSignature.Verify(signature, Body, secrets);

        Assert.Equal(SignatureVerification.Valid, atFirst);
        Assert.Equal(SignatureVerification.Valid, justBefore);
        Assert.Equal(SignatureVerification.Mismatch, atTheEnd);
    }

    [Fact]
    public void Current_secret_stays_valid_when_the_previous_one_expires()
    {
        var clock = new FakeTimeProvider(Start);
        using var secrets = new SigningSecrets([new("previous", Start.AddHours(24)), new("current")], clock);

        clock.Advance(TimeSpan.FromDays(2));

        Assert.True(secrets.AnyLive);
        Assert.Equal(
            SignatureVerification.Valid,
            HelpScoutSignature.Verify(HelpScoutSignature.Sign(Body, "current"), Body, secrets));
    }

    [Fact]
    public void Nothing_is_verified_once_every_secret_has_expired()
    {
        var clock = new FakeTimeProvider(Start);
        using var secrets = new SigningSecrets(
            [new SigningSecret("a", Start.AddHours(1)), new SigningSecret("b", Start.AddHours(2))], clock);

        clock.Advance(TimeSpan.FromHours(2));

        Assert.False(secrets.AnyLive);
        Assert.Equal(
            SignatureVerification.NoLiveSecret,
            HelpScoutSignature.Verify(HelpScoutSignature.Sign(Body, "b"), Body, secrets));
        Assert.Equal(SignatureVerification.Missing, HelpScoutSignature.Verify(null, Body, secrets));
        Assert.Equal(SignatureVerification.Malformed, HelpScoutSignature.Verify("no", Body, secrets));
    }

    [Fact]
    public void Empty_list_of_secrets_is_rejected_with_advice()
    {
        var exception = Assert.Throws<ArgumentException>(() => new SigningSecrets(Array.Empty<SigningSecret>()));

        Assert.Contains("At least one signing secret is required", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Empty_secret_is_rejected(string secret) =>
        Assert.Throws<ArgumentException>(() => new SigningSecrets(secret));

    [Fact]
    public void Secrets_keep_their_order()
    {
        SigningSecret current = new("current"), previous = new("previous");
        using var secrets = new SigningSecrets([current, previous]);

        Assert.Equal([current, previous], secrets.All);
        Assert.DoesNotContain("current", secrets.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Concurrent_verifications_return_correct_results()
    {
        using var secrets = new SigningSecrets([new("current"), new("previous")]);
        var cases = Cases();
        var wrong = 0;

        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, round =>
        {
            var (body, signature, expected) = cases[round % cases.Length];
            if (HelpScoutSignature.Verify(signature, body, secrets) != expected)
            {
                Interlocked.Increment(ref wrong);
            }
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Verifications_in_flight_during_disposal_return_correct_results()
    {
        var cases = Cases();
        var wrong = 0;

        for (var round = 0; round < 200; round++)
        {
            var secrets = new SigningSecrets([new("current"), new("previous")]);
            Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index =>
            {
                if (index == 32)
                {
                    secrets.Dispose();
                }

                var (body, signature, expected) = cases[index % cases.Length];
                if (HelpScoutSignature.Verify(signature, body, secrets) != expected)
                {
                    Interlocked.Increment(ref wrong);
                }
            });
            secrets.Dispose();
        }

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Result_does_not_depend_on_earlier_verifications()
    {
        using var secrets = new SigningSecrets("current");

        foreach (var (body, signature, expected) in Cases().Concat(Cases().Reverse()))
        {
            var signed = HelpScoutSignature.Verify(signature, body, secrets);
            Assert.Equal(expected is SignatureVerification.Valid && Is(body, signature, "current")
                ? SignatureVerification.Valid
                : SignatureVerification.Mismatch, signed);
        }
    }

    private static bool Is(byte[] body, string signature, string secret) =>
        HelpScoutSignature.Sign(body, secret) == signature;

    /// <summary>Bodies of many lengths: signed with either secret, and each with the signature of its neighbour.</summary>
    private static (byte[] Body, string Signature, SignatureVerification Expected)[] Cases() =>
    [
        .. Enumerable.Range(0, 120).Select(index =>
        {
            var body = Encoding.UTF8.GetBytes(new string((char)('a' + (index % 26)), index * 37));
            var secret = index % 2 == 0 ? "current" : "previous";
            return index % 3 == 2
                ? (body, HelpScoutSignature.Sign([.. body, 1], secret), SignatureVerification.Mismatch)
                : (body, HelpScoutSignature.Sign(body, secret), SignatureVerification.Valid);
        }),
    ];
}
