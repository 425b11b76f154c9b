namespace Scouthook.TestSupport;

/// <summary>The number of rounds: few by default, all of them with <c>SCOUTHOOK_LONG=1</c>.</summary>
internal static class Rounds
{
    public static bool Long { get; } = Environment.GetEnvironmentVariable("SCOUTHOOK_LONG") == "1";

    public static int Of(int usually, int whenLong) => Long ? whenLong : usually;
}
