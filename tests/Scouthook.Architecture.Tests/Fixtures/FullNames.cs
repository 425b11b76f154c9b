namespace Scouthook.Architecture.Tests.Fixtures.FullNames.First
{
    internal sealed class Printer
    {
        public static int Pages() => global::Scouthook.Architecture.Tests.Fixtures.FullNames.Second.Formatter.Length();
    }
}

namespace Scouthook.Architecture.Tests.Fixtures.FullNames.Second
{
    internal static class Formatter
    {
        public static int Length() => 1;

        public static bool IsPrinter(object value) =>
            value is global::Scouthook.Architecture.Tests.Fixtures.FullNames.First.Printer;
    }
}
