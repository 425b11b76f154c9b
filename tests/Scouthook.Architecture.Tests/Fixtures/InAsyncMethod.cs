namespace Scouthook.Architecture.Tests.Fixtures.InAsyncMethod.First
{
    internal sealed class Printer
    {
        public static async Task<int> PagesAsync()
        {
            await Task.Yield();
            return Second.Formatter.Length();
        }
    }
}

namespace Scouthook.Architecture.Tests.Fixtures.InAsyncMethod.Second
{
    internal static class Formatter
    {
        public static int Length() => 1;

        public static async IAsyncEnumerable<int> LengthsAsync()
        {
            await Task.Yield();
            yield return await First.Printer.PagesAsync();
        }
    }
}
