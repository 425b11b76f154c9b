namespace Scouthook.Architecture.Tests.Fixtures.Acyclic.First
{
    internal sealed record Order(Second.Customer Customer)
    {
        public Func<bool> IsFor(Third.Address address) => () => Customer.Address == address;
    }
}

namespace Scouthook.Architecture.Tests.Fixtures.Acyclic.Second
{
    internal sealed record Customer(Third.Address Address);

    internal sealed class Customers : List<Customer>;
}

namespace Scouthook.Architecture.Tests.Fixtures.Acyclic.Third
{
    internal sealed record Address(string Street, Country Country);

    internal sealed record Country(string Name, IReadOnlyList<Address> Embassies);
}
