namespace Scouthook.Architecture.Tests.Fixtures.InAttribute.First
{
    [AttributeUsage(AttributeTargets.Class)]
    internal sealed class PrintedByAttribute(Type type) : Attribute
    {
        public Type Type { get; } = type;

        public Type? Else { get; set; }
    }

    [PrintedBy(typeof(string), Else = typeof(List<Second.Formatter>))]
    internal sealed class Page;
}

namespace Scouthook.Architecture.Tests.Fixtures.InAttribute.Second
{
    [First.PrintedBy(typeof(string))]
    internal sealed class Formatter;
}
