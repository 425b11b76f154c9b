namespace Scouthook.Architecture.Tests.Fixtures.InTypeArgument.First
{
    internal sealed class Printer
    {
        public static object Nothing() => Array.Empty<Second.Formatter>();
    }
}

namespace Scouthook.Architecture.Tests.Fixtures.InTypeArgument.Second
{
    internal sealed class Formatter : List<Dictionary<string, First.Printer[]>>;
}
