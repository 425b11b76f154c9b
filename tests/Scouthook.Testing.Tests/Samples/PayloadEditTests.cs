using System.Text;
using System.Text.Json;

namespace Scouthook.Testing.Tests.Samples;

public sealed class PayloadEditTests
{
    [Theory]
    [InlineData("status=closed", @"{""status"":""closed"",""t"":[{""body"":""x""}]}")]
    [InlineData("t.0.body=<p>é</p>", @"{""status"":""active"",""t"":[{""body"":""<p>\u00e9<\/p>""}]}")]
    [InlineData("t.1={\"id\": 7}", @"{""status"":""active"",""t"":[{""body"":""x""},{""id"":7}]}")]
    [InlineData("t.1.id=7", @"{""status"":""active"",""t"":[{""body"":""x""},{""id"":7}]}")]
    [InlineData("a.b=null", @"{""status"":""active"",""t"":[{""body"":""x""}],""a"":{""b"":null}}")]
    [InlineData("status=\"7\"", @"{""status"":""7"",""t"":[{""body"":""x""}]}")]
    [InlineData("status=a=b", @"{""status"":""a=b"",""t"":[{""body"":""x""}]}")]
    [InlineData("status=", @"{""status"":"""",""t"":[{""body"":""x""}]}")]
    [InlineData("id=1.50", @"{""status"":""active"",""t"":[{""body"":""x""}],""id"":1.50}")]
    public void Member_is_set_and_the_rest_is_unchanged(string assignment, string expected)
    {
        var body = @"{""status"":""active"",""t"":[{""body"":""x""}]}"u8;

        Assert.Equal(expected, Encoding.UTF8.GetString(PayloadEdit.Parse(assignment).ApplyTo(body)));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("=closed")]
    [InlineData("a..b=1")]
    [InlineData(".a=1")]
    public void Assignment_without_a_path_is_rejected(string assignment)
    {
        Assert.Throws<FormatException>(() => PayloadEdit.Parse(assignment));
    }

    [Theory]
    [InlineData("status.a=1")]
    [InlineData("t.2=1")]
    [InlineData("t.x=1")]
    [InlineData("t.5.a=1")]
    public void Path_through_a_value_that_is_not_a_container_is_rejected_and_named(string assignment)
    {
        var body = @"{""status"":""active"",""t"":[1]}"u8.ToArray();

        var exception = Assert.Throws<InvalidOperationException>(() => PayloadEdit.Parse(assignment).ApplyTo(body));

        Assert.Contains(assignment.Split('=')[0], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Body_that_is_not_JSON_is_rejected_without_quoting_it()
    {
        var exception = Assert.ThrowsAny<JsonException>(() => PayloadEdit.Parse("a=1").ApplyTo("{\"k\":hushhush}"u8));

        Assert.DoesNotContain("hush", exception.Message, StringComparison.Ordinal);
    }
}
