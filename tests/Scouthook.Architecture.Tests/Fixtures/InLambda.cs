namespace Scouthook.Architecture.Tests.Fixtures.InLambda.First
{
    internal sealed class Printer
    {
        public static Func<int> Pages() => () => Second.Formatter.Length();
    }
}

namespace Scouthook.Architecture.Tests.Fixtures.InLambda.Second
{
    internal static class Formatter
    {
        public static int Length() => 1;

        public static Func<object, bool> IsPrinter() => value => value is First.Printer;
    }
}
