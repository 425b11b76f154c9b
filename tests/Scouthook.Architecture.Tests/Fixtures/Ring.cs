namespace Scouthook.Architecture.Tests.Fixtures.Ring.First
{
    internal sealed record Order(Second.Customer Customer);
}

namespace Scouthook.Architecture.Tests.Fixtures.Ring.Second
{
    internal sealed record Customer(Third.Address? Address);
}

namespace Scouthook.Architecture.Tests.Fixtures.Ring.Third
{
    internal sealed record Address(First.Order[] SentTo);
}
