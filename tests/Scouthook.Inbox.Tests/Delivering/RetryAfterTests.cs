using Scouthook.Inbox.Delivering.Http;

namespace Scouthook.Inbox.Tests.Delivering;

public class RetryAfterTests
{
    // Some.Instant is Monday, 2 March 2026, 10:02:17.
    public static TheoryData<string?, int?> Values => new()
    {
        { "0", 0 },
        { "120", 120 },
        { " 7 ", 7 },
        { "0010", 10 },
        { "86400", 86_400 },
        { "86401", 86_400 },
        { "99999999999999999999999999", 86_400 },
        { "Mon, 02 Mar 2026 10:03:17 GMT", 60 },
        { "Monday, 02-Mar-26 10:03:17 GMT", 60 },
        { "Mon Mar  2 10:03:17 2026", 60 },
        { "Mon, 02 Mar 2026 10:02:17 GMT", 0 },
        { "Fri, 01 Jan 2100 00:00:00 GMT", 86_400 },
        { "Mon, 02 Mar 2026 10:02:16 GMT", null },
        { "Thu, 01 Jan 1970 00:00:00 GMT", null },
        { null, null },
        { "", null },
        { "-1", null },
        { "+1", null },
        { "1.5", null },
        { "1e3", null },
        { "٣", null },
        { "soon", null },
        { "Mon, 02 Mar 2026 10:03:17 CET", null },
        { "Tue, 02 Mar 2026 10:03:17 GMT", null },
        { "2026-03-02T10:03:17Z", null },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Wait_is_relative_to_now_bounded_and_never_negative(string? text, int? seconds) =>
        Assert.Equal(seconds is { } some ? TimeSpan.FromSeconds(some) : null, RetryAfter.Read(text, Some.Instant));
}
