using System.Net;
using Scouthook.Inbox.Delivering;

namespace Scouthook.Inbox.Tests.Delivering;

public class AddressClassifierTests
{
    private static readonly (string Address, AddressClass Expected)[] V4 =
    [
        ("0.0.0.0", AddressClass.Refused),
        ("0.255.255.255", AddressClass.Refused),
        ("169.254.0.0", AddressClass.Refused),
        ("169.254.169.254", AddressClass.Refused),
        ("169.254.255.255", AddressClass.Refused),
        ("100.100.100.200", AddressClass.Refused),
        ("224.0.0.1", AddressClass.Refused),
        ("239.255.255.255", AddressClass.Refused),
        ("240.0.0.1", AddressClass.Refused),
        ("255.255.255.255", AddressClass.Refused),
        ("127.0.0.1", AddressClass.Private),
        ("127.255.255.255", AddressClass.Private),
        ("10.0.0.0", AddressClass.Private),
        ("10.255.255.255", AddressClass.Private),
        ("172.16.0.0", AddressClass.Private),
        ("172.31.255.255", AddressClass.Private),
        ("192.168.0.1", AddressClass.Private),
        ("100.64.0.0", AddressClass.Private),
        ("100.127.255.255", AddressClass.Private),
        ("192.0.0.192", AddressClass.Private),
        ("198.18.0.0", AddressClass.Private),
        ("198.19.255.255", AddressClass.Private),
        ("1.0.0.0", AddressClass.Public),
        ("9.255.255.255", AddressClass.Public),
        ("11.0.0.0", AddressClass.Public),
        ("100.63.255.255", AddressClass.Public),
        ("100.128.0.0", AddressClass.Public),
        ("126.255.255.255", AddressClass.Public),
        ("128.0.0.0", AddressClass.Public),
        ("169.253.255.255", AddressClass.Public),
        ("169.255.0.0", AddressClass.Public),
        ("172.15.255.255", AddressClass.Public),
        ("172.32.0.0", AddressClass.Public),
        ("192.0.1.0", AddressClass.Public),
        ("192.167.255.255", AddressClass.Public),
        ("192.169.0.0", AddressClass.Public),
        ("198.17.255.255", AddressClass.Public),
        ("198.20.0.0", AddressClass.Public),
        ("223.255.255.255", AddressClass.Public),
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
        { "fc00::", "Private" },
        { "fdff:ffff::1", "Private" },
        { "fec0::1", "Private" },
        { "2001:0:4136:e378:8000:63bf:3fff:fdd2", "Refused" },
        { "64:ff9b:1::808:808", "Refused" },
        { "2001:4860:4860::8888", "Public" },
        { "2001:1::1", "Public" },
        { "2606:4700::1111", "Public" },
        { "64:ff9b:2::a00:1", "Public" },
        { "2003::1", "Public" },
    };

    public static TheoryData<string, string> Wrapped()
    {
        var data = new TheoryData<string, string>();
        foreach (var (address, expected) in V4)
        {
            var parts = IPAddress.Parse(address).GetAddressBytes();
            var hex = $"{parts[0]:x2}{parts[1]:x2}:{parts[2]:x2}{parts[3]:x2}";
            foreach (var form in new[] { address, $"::ffff:{hex}", $"::{hex}", $"::ffff:0:{hex}", $"64:ff9b::{hex}", $"2002:{hex}::1" })
            {
                data.Add(form, $"{(IPAddress.Parse(form).Equals(IPAddress.IPv6Any) ? AddressClass.Refused : expected)}");
            }
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
}
