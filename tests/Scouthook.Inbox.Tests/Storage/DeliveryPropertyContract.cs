using CsCheck;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>
/// Whatever workers and operators do, in any order, no delivery overtakes another, is lost or gets stuck.
/// </summary>
public abstract class DeliveryPropertyContract : StoreContract
{
    [Theory]
    [InlineData(EndpointOrdering.Resource)]
    [InlineData(EndpointOrdering.Strict)]
    [InlineData(EndpointOrdering.None)]
    internal async Task Deliveries_keep_their_order_and_all_are_settled_in_the_end(EndpointOrdering ordering)
    {
        var scripts = Gen.Select(Gen.Int[0, 13], Gen.Int[0, 1_000]).List[10, 80];

        await scripts.SampleAsync(
            async script =>
            {
                await using var store = await CreateAsync(Window, Clock);
                var world = new DeliveryWorld(store, await store.CreateAsync(SomeEndpoint.Http(ordering: ordering)));
                foreach (var (step, number) in script)
                {
                    await world.StepAsync(step, number);
                }

                await world.DrainAsync();
                return true;
            },
            iter: 20,
            threads: 1);
    }
}
