using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Scouthook.Inbox.Delivering.Network;
using Scouthook.Inbox.Model;

namespace Scouthook.Inbox.Tests.Delivering;

public class NetworkGuardTests
{
    private const string Loopback = "Deliveries do not go to 127.0.0.1, a private, loopback or special-purpose address. If the endpoint is meant "
        + "to be there, add the address or its network to Scouthook:Delivery:AllowedNetworks, or set "
        + "Scouthook:Delivery:AllowPrivateNetworks to true.";

    private static readonly NetworkPolicy Default = new();
    private static readonly NetworkPolicy PrivateAllowed = new() { AllowPrivateNetworks = true };

    private static readonly NetworkPolicy AllAllowed = new()
    {
        AllowPrivateNetworks = true,
        AllowedNetworks = [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")],
    };

    private static readonly IPAddress[] Here = [IPAddress.Loopback];
    private static readonly IPAddress[] Metadata = [IPAddress.Parse("169.254.169.254")];

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("127.0.0.1.")]
    [InlineData("１２７.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    public async Task Loopback_is_blocked_however_it_is_written(string host)
    {
        await using var endpoint = RawEndpoint.Answering("");
        using var setup = new SenderSetup(Default, answers: Here);

        var result = await setup.SendAsync(new Uri($"http://{host}:{endpoint.Port}/"));

        Assert.Equal((AttemptOutcome.AddressRefused, Loopback), (result.Outcome, result.Error));
        Assert.Equal(0, endpoint.Connections);
    }

    [Theory]
    [InlineData("[::1]", "::1")]
    [InlineData("[::127.0.0.1]", "::127.0.0.1")]
    [InlineData("[64:ff9b::127.0.0.1]", "64:ff9b::127.0.0.1")]
    [InlineData("[2002:7f00:1::]", "2002:7f00:1::")]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("0xa.1.2.3", "10.1.2.3")]
    [InlineData("167838211", "10.1.2.3")]
    [InlineData("[::ffff:10.1.2.3]", "10.1.2.3")]
    [InlineData("[64:ff9b::a01:203]", "64:ff9b::10.1.2.3")]
    [InlineData("172.16.0.1", "172.16.0.1")]
    [InlineData("192.168.1.1", "192.168.1.1")]
    [InlineData("100.64.0.1", "100.64.0.1")]
    [InlineData("192.0.0.8", "192.0.0.8")]
    [InlineData("198.18.0.1", "198.18.0.1")]
    [InlineData("[fd12:3456::1]", "fd12:3456::1")]
    public async Task Private_address_is_blocked_and_the_settings_are_named(string host, string expected)
    {
        using var setup = new SenderSetup(Default);

        var result = await setup.SendAsync(new Uri($"http://{host}/"));

        Assert.Equal(AttemptOutcome.AddressRefused, result.Outcome);
        Assert.Equal(Loopback.Replace("127.0.0.1", IPAddress.Parse(expected).ToString(), StringComparison.Ordinal), result.Error);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    [InlineData("169.254.169.254")]
    [InlineData("2852039166")]
    [InlineData("0xa9fea9fe")]
    [InlineData("0251.0376.0251.0376")]
    [InlineData("[::ffff:169.254.169.254]")]
    [InlineData("[::169.254.169.254]")]
    [InlineData("[::ffff:0:169.254.169.254]")]
    [InlineData("[64:ff9b::169.254.169.254]")]
    [InlineData("[64:ff9b:1::169.254.169.254]")]
    [InlineData("[2002:a9fe:a9fe::1]")]
    [InlineData("[2001:0:4136:e378:8000:63bf:5601:5601]")]
    [InlineData("[fe80::1]")]
    [InlineData("[fe80::1%251]")]
    [InlineData("224.0.0.1")]
    [InlineData("[ff02::1]")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("[64:ff9b::192.0.0.192]")]
    [InlineData("[64:ff9b:1:a9fe:a9:fe00::]")]
    [InlineData("[2001:db8::5efe:169.254.169.254]")]
    [InlineData("[fd20:ce::254]")]
    [InlineData("[fd00:ec2::254]")]
    [InlineData("[::]")]
    public async Task Some_addresses_are_blocked_whatever_is_allowed(string host)
    {
        using var setup = new SenderSetup(AllAllowed);

        var result = await setup.SendAsync(new Uri($"http://{host}/"));

        Assert.Equal(AttemptOutcome.AddressRefused, result.Outcome);
        Assert.StartsWith("Deliveries never go to ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("refused whatever Scouthook:Delivery:AllowedNetworks and Scouthook:Delivery:AllowPrivateNetworks say.", result.Error, StringComparison.Ordinal);
    }

    /// <remarks>
    /// The address of an interface that is neither private nor loopback was once allowed.
    /// </remarks>
    [Fact]
    public async Task Own_address_is_blocked_unless_it_is_allowed()
    {
        var own = NetworkInterface.GetAllNetworkInterfaces()
            .Where(it => it.OperationalStatus is OperationalStatus.Up && it.NetworkInterfaceType is not NetworkInterfaceType.Loopback)
            .SelectMany(it => it.GetIPProperties().UnicastAddresses)
            .Select(it => it.Address)
            .FirstOrDefault(it => it.AddressFamily is AddressFamily.InterNetwork && AddressClassifier.Of(it) is not AddressClass.Refused);
        Assert.SkipWhen(own is null, "This machine has no interface but loopback.");
        using var closed = new SenderSetup(Default, answers: [own]);
        using var opened = new SenderSetup(new() { AllowedNetworks = [new IPNetwork(own, 32)] }, answers: [own]);

        // Nothing listens on port 9 here; the connection attempt shows that the address is allowed.
        var (refused, tried) = (await closed.SendAsync(new("http://own.example:9/")), await opened.SendAsync(new("http://own.example:9/")));

        Assert.Equal(AttemptOutcome.AddressRefused, refused.Outcome);
        Assert.StartsWith($"Deliveries do not go to {own}, an address of this machine. ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(AttemptOutcome.ConnectionFailed, tried.Outcome);
    }

    [Fact]
    public async Task Allowed_network_allows_only_its_own_addresses()
    {
        await using var endpoint = await RecordingEndpoint.StartAsync();
        using var inside = new SenderSetup(new() { AllowedNetworks = [IPNetwork.Parse("127.0.0.1/32")] });
        using var outside = new SenderSetup(new() { AllowedNetworks = [IPNetwork.Parse("127.0.0.2/31")] });

        Assert.Equal(AttemptOutcome.Delivered, (await inside.SendAsync(endpoint.Url)).Outcome);
        Assert.Equal(AttemptOutcome.AddressRefused, (await outside.SendAsync(endpoint.Url)).Outcome);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0x7f.1")]
    [InlineData("endpoint.example")]
    public async Task Private_addresses_can_be_allowed(string host)
    {
        await using var endpoint = await RecordingEndpoint.StartAsync();
        using var setup = new SenderSetup(PrivateAllowed, answers: Here);

        var result = await setup.SendAsync(new Uri($"http://{host}:{endpoint.Url.Port}/"));

        Assert.Equal((AttemptOutcome.Delivered, null), (result.Outcome, result.Error));
    }

    [Fact]
    public async Task Change_of_the_settings_applies_to_the_next_connection()
    {
        await using var endpoint = RawEndpoint.Answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        using var setup = new SenderSetup(PrivateAllowed);

        Assert.Equal(AttemptOutcome.Delivered, (await setup.SendAsync(endpoint.Url)).Outcome);
        setup.Settings = Default;

        Assert.Equal(AttemptOutcome.AddressRefused, (await setup.SendAsync(endpoint.Url)).Outcome);
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.1")]
    [InlineData("::1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    public async Task Name_that_resolves_to_a_blocked_address_is_blocked(string address)
    {
        using var setup = new SenderSetup(Default, answers: [IPAddress.Parse(address)]);

        var result = await setup.SendAsync(new Uri("http://endpoint.example/"));

        Assert.Equal(AttemptOutcome.AddressRefused, result.Outcome);
        Assert.Equal(["endpoint.example"], setup.Asked);
    }

    [Fact]
    public async Task DNS_rebinding_after_the_check_has_no_effect()
    {
        await using var endpoint = RawEndpoint.Answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        using var setup = new SenderSetup(SomeDelivery.LoopbackAllowed, null, Here, Metadata);
        var url = new Uri($"http://rebinding.example:{endpoint.Port}/");

        var first = await setup.SendAsync(url);

        Assert.Equal(AttemptOutcome.Delivered, first.Outcome);
        Assert.Equal(["rebinding.example"], setup.Asked);

        var second = await setup.SendAsync(url);

        Assert.Equal(AttemptOutcome.AddressRefused, second.Outcome);
        Assert.Equal(["rebinding.example", "rebinding.example"], setup.Asked);
        Assert.Equal(1, endpoint.Connections);
    }

    [Fact]
    public async Task Only_the_allowed_addresses_of_a_name_are_tried()
    {
        await using var endpoint = await RecordingEndpoint.StartAsync();
        var closed = IPAddress.Parse("127.0.0.9");
        using var setup = new SenderSetup(
            SomeDelivery.LoopbackAllowed, null, [Metadata[0], closed, IPAddress.Loopback, IPAddress.Parse("10.0.0.1")]);

        var result = await setup.SendAsync(new Uri($"http://several.example:{endpoint.Url.Port}/"));

        Assert.Equal(AttemptOutcome.Delivered, result.Outcome);
        Assert.Equal(["several.example"], setup.Asked);
    }

    [Fact]
    public async Task Name_without_an_address_is_reported_as_such()
    {
        using var setup = new SenderSetup(Default);

        var result = await setup.SendAsync(new Uri("http://nowhere.example/"));

        Assert.Equal(AttemptOutcome.ConnectionFailed, result.Outcome);
        Assert.Equal("The name of the endpoint's host could not be resolved.", result.Error);
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var target = await RecordingEndpoint.StartAsync();
        await using var endpoint = RawEndpoint.Answering(
            $"HTTP/1.1 302 Found\r\nLocation: {target.Url}\r\nContent-Length: 0\r\n\r\n");
        using var setup = new SenderSetup(PrivateAllowed);

        var result = await setup.SendAsync(endpoint.Url);

        Assert.Equal((AttemptOutcome.Rejected, 302), (result.Outcome, result.StatusCode));
        Assert.Empty(target.Requests);
    }
}
