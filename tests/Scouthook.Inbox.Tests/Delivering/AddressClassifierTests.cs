using System.Net;
using System.Numerics;
using Scouthook.Inbox.Delivering.Network;

namespace Scouthook.Inbox.Tests.Delivering;

public class AddressClassifierTests
{
    // Every row of the IANA IPv4 and IPv6 special-purpose address registries as of 2025-10, and related addresses.
    private static readonly string[] Registered =
    [
        "0.0.0.0/8", "0.0.0.0/32", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.0.0/29", "192.0.0.8/32", "192.0.0.9/32", "192.0.0.10/32", "192.0.0.170/32", "192.0.0.171/32",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.88.99.2/32", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32",
        "::1/128", "::/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32",
        "2001:1::1/128", "2001:1::2/128", "2001:1::3/128", "2001:2::/48", "2001:3::/32", "2001:4:112::/48", "2001:10::/28",
        "2001:20::/28", "2001:30::/28", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7",
        "fe80::/10",

        // From other sources: multicast, site-local, and metadata services.
        "224.0.0.0/4", "ff00::/8", "fec0::/10", "168.63.129.16/32",
    ];

    // Not registered, but parsed as IPv4 addresses of 0.0.0.0/8, like the neighbours of :: and ::1.
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/104");

    private static readonly (string Address, AddressClass Expected)[] V4 =
    [
        ("0.0.0.0", AddressClass.Refused),
        ("0.255.255.255", AddressClass.Refused),
        ("169.254.0.0", AddressClass.Refused),
        ("169.254.169.254", AddressClass.Refused),
        ("169.254.255.255", AddressClass.Refused),
        ("100.100.100.200", AddressClass.Refused),
        ("100.100.100.199", AddressClass.Private),
        ("100.100.100.201", AddressClass.Private),
        ("168.63.129.16", AddressClass.Refused),
        ("168.63.129.15", AddressClass.Public),
        ("168.63.129.17", AddressClass.Public),
        ("192.0.0.192", AddressClass.Refused),
        ("192.0.0.191", AddressClass.Private),
        ("192.0.0.193", AddressClass.Private),
        ("223.255.255.255", AddressClass.Public),
        ("224.0.0.0", AddressClass.Refused),
        ("239.255.255.255", AddressClass.Refused),
        ("240.0.0.0", AddressClass.Private),
        ("255.255.255.255", AddressClass.Private),
        ("127.0.0.1", AddressClass.Private),
        ("10.0.0.0", AddressClass.Private),
        ("192.0.2.2", AddressClass.Private),
        ("1.0.0.0", AddressClass.Public),
        ("8.8.8.8", AddressClass.Public),
    ];

    public static TheoryData<string, string> V6 => new()
    {
        { "::", "Refused" },
        { "::1", "Private" },
        { "fe80::1", "Refused" },
        { "febf:ffff::", "Refused" },
        { "fe80::1%3", "Refused" },
        { "ff02::1", "Refused" },
        { "fd00:ec2::254", "Refused" },
        { "fd00:ec2::253", "Private" },
        { "fd20:ce::254", "Refused" },
        { "fd20:ce::255", "Private" },
        { "fec0::1", "Private" },
        { "2001:0:4136:e378:8000:63bf:3fff:fdd2", "Private" }, // Teredo
        { "2001:0:a9fe:a9fe:8000:63bf:3fff:fdd2", "Refused" }, // its server is 169.254.169.254
        { "2001:0:4136:e378:8000:63bf:5601:5601", "Refused" }, // its client is 169.254.169.254
        { "64:ff9b:1::808:808", "Private" },
        { "64:ff9b:1::a9fe:a9fe", "Refused" }, // a prefix of 96 bits
        { "64:ff9b:1:0:a9:fea9:fe00::", "Refused" }, // of 64
        { "64:ff9b:1:a9:fe:a9fe::", "Refused" }, // of 56: a9 at byte 7, then fe a9 fe after byte 8
        { "64:ff9b:1:a9fe:a9:fe00::", "Refused" }, // of 48
        { "2606:4700::5efe:808:808", "Public" }, // ISATAP
        { "2606:4700::5efe:a9fe:a9fe", "Refused" },
        { "2606:4700::200:5efe:a9fe:a9fe", "Refused" },
        { "2606:4700::200:5efe:a00:1", "Private" },
        { "2606:4700::5efe:7f00:1", "Private" },
        { "2001:4860:4860::8888", "Public" },
        { "2606:4700::1111", "Public" },
        { "64:ff9b:2::a00:1", "Public" },
        { "2003::1", "Public" },
    };

    public static TheoryData<string> Networks => [.. Registered];

    public static TheoryData<string, string> Wrapped()
    {
        var data = new TheoryData<string, string>();
        foreach (var (address, expected) in V4)
        {
            var parts = IPAddress.Parse(address).GetAddressBytes();
            var hex = $"{parts[0]:x2}{parts[1]:x2}:{parts[2]:x2}{parts[3]:x2}";
            foreach (var form in new[] { address, $"::ffff:{hex}", $"::{hex}", $"::ffff:0:{hex}", $"2606:4700::5efe:{hex}" })
            {
                data.Add(form, $"{expected}");
            }

            // NAT64 and 6to4 are special-purpose as a whole.
            var atLeastPrivate = expected is AddressClass.Refused ? expected : AddressClass.Private;
            data.Add($"64:ff9b::{hex}", $"{atLeastPrivate}");
            data.Add($"2002:{hex}::1", $"{atLeastPrivate}");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void IPv4_address_has_its_class_in_every_form(string address, string expected) =>
        Assert.Equal(expected, AddressClassifier.Of(IPAddress.Parse(address)).ToString());

    [Theory]
    [MemberData(nameof(V6))]
    public void IPv6_address_has_its_class(string address, string expected) =>
        Assert.Equal(expected, AddressClassifier.Of(IPAddress.Parse(address)).ToString());

    [Theory]
    [MemberData(nameof(Networks))]
    public void Registered_network_is_not_public_from_first_to_last_address_but_its_neighbours_are(string text)
    {
        var network = IPNetwork.Parse(text);
        var first = network.BaseAddress;
        var size = BigInteger.One << (first.GetAddressBytes().Length * 8 - network.PrefixLength);

        foreach (var inside in new[] { 0, size / 3, size / 2, size - 1 })
        {
            Assert.NotEqual(AddressClass.Public, AddressClassifier.Of(Plus(first, inside)!));
        }

        foreach (var neighbour in new[] { Plus(first, -1), Plus(first, size) }.OfType<IPAddress>())
        {
            var isRegistered = Registered.Append(Compatible.ToString()).Any(it => IPNetwork.Parse(it).Contains(neighbour));
            Assert.Equal(isRegistered, AddressClassifier.Of(neighbour) is not AddressClass.Public);
        }
    }

    [Fact]
    public void Own_address_is_private_in_every_form_but_a_metadata_address_stays_blocked()
    {
        HashSet<IPAddress> own = [IPAddress.Parse("8.8.8.8"), IPAddress.Parse("2606:4700::1111"), IPAddress.Parse("169.254.1.1")];

        string[] forms = ["8.8.8.8", "::ffff:8.8.8.8", "::8.8.8.8", "::ffff:0:8.8.8.8", "2606:4700::5efe:808:808", "2606:4700::1111"];
        Assert.All(forms, it => Assert.Equal(AddressClass.Private, AddressClassifier.Of(IPAddress.Parse(it), own)));
        Assert.Equal(AddressClass.Refused, AddressClassifier.Of(IPAddress.Parse("169.254.1.1"), own));
        Assert.Equal(AddressClass.Public, AddressClassifier.Of(IPAddress.Parse("8.8.8.9"), own));
    }

    /// <returns><see langword="null"/> if there is no such address.</returns>
    private static IPAddress? Plus(IPAddress address, BigInteger offset)
    {
        var bytes = address.GetAddressBytes();
        var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) + offset;
        if (number.Sign < 0 || number >= BigInteger.One << (bytes.Length * 8))
        {
            return null;
        }

        var result = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return new IPAddress([.. new byte[bytes.Length - result.Length], .. result]);
    }
}
