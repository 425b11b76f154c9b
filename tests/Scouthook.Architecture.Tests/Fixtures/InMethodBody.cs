namespace Scouthook.Architecture.Tests.Fixtures.InMethodBody.First
{
    internal sealed class Printer
    {
        public string Text { get; } = "text";
    }
}

namespace Scouthook.Architecture.Tests.Fixtures.InMethodBody.Second
{
    internal static class Formatter
    {
        public static int Length() => new First.Printer().Text.Length;
    }
}

namespace Scouthook.Architecture.Tests.Fixtures.InMethodBody.First
{
    internal static class Report
    {
        public static int Pages() => 1 + Second.Formatter.Length();
    }
}
