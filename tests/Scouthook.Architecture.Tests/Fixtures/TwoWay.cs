namespace Scouthook.Architecture.Tests.Fixtures.TwoWay.First
{
    internal sealed record Order(Second.Customer Customer);
}

namespace Scouthook.Architecture.Tests.Fixtures.TwoWay.Second
{
    internal sealed record Customer(IReadOnlyList<First.Order> Orders);
}
