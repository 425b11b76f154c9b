using System.Buffers.Binary;
using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;

namespace Scouthook.Inbox.Tests.Storage;

/// <summary>The contract of every store for finding ids by their endings.</summary>
public abstract class IdEndingsContract : StoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(31)]
    [InlineData(32)]
    public async Task Id_of_every_kind_is_found_by_an_ending_of_any_length(int digits)
    {
        var endpoint = await Store.CreateAsync();
        await Store.AppendAsync(1);
        await Store.DispatchAllAsync();
        var replay = (await Store.Replays.CreateAsync(new ReplayRequest { EndpointId = endpoint.Id, EventTypes = ["*"] })).Replay!;
        (IdKind Kind, Guid Id)[] ids =
        [
            (IdKind.Event, Assert.Single(await Store.AllAsync()).Id),
            (IdKind.Delivery, Assert.Single(await Store.DeliveriesAsync()).Id),
            (IdKind.Endpoint, endpoint.Id),
            (IdKind.Replay, replay.Id),
        ];

        foreach (var (kind, id) in ids)
        {
            var ending = id.ToString("N")[^digits..];
            foreach (var other in Enum.GetValues<IdKind>())
            {
                var found = await FindAsync(other, ending);
                Assert.Equal(other == kind ? [id] : [], found.Ids);
                Assert.True(found.IsComplete);
            }
        }
    }

    [Fact]
    public async Task Only_whole_endings_match()
    {
        await AppendAsync(Id(1, 0x1234_5678));

        Assert.Single((await FindAsync(IdKind.Event, "12345678")).Ids);
        Assert.Single((await FindAsync(IdKind.Event, "2345678")).Ids);
        Assert.Empty((await FindAsync(IdKind.Event, "12345679")).Ids);
        Assert.Empty((await FindAsync(IdKind.Event, "f2345678")).Ids);
        Assert.Empty((await FindAsync(IdKind.Event, "f12345678")).Ids);
    }

    [Fact]
    public async Task Ids_with_the_same_ending_come_newest_first()
    {
        for (uint number = 1; number <= 9; number++)
        {
            await AppendAsync(Id(number, number % 3));
        }

        var found = await FindAsync(IdKind.Event, "00000000");

        Assert.Equal([Id(9, 0), Id(6, 0), Id(3, 0)], found.Ids);
        Assert.True(found.IsComplete);
    }

    [Fact]
    public async Task Of_many_ids_with_the_same_ending_some_of_the_newest_are_returned()
    {
        for (uint number = 1; number <= 60; number++)
        {
            await AppendAsync(Id(number, 7));
        }

        var found = await FindAsync(IdKind.Event, "00000007");

        Assert.InRange(found.Ids.Count, 2, 59);
        Assert.Equal(Enumerable.Range(0, found.Ids.Count).Select(back => Id((uint)(60 - back), 7)), found.Ids);
        Assert.False(found.IsComplete);
    }

    [Fact]
    public async Task Deleted_endpoint_is_not_found()
    {
        var endpoint = await Store.CreateAsync();
        await Store.Endpoints.DeleteAsync(endpoint.Id);

        Assert.Empty((await FindAsync(IdKind.Endpoint, endpoint.Id.ToString("N")[^12..])).Ids);
    }

    /// <summary>An id of version 7: ascending with the number, and with a certain ending.</summary>
    private static Guid Id(uint number, uint ending)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], ending);
        return new Guid(bytes, bigEndian: true);
    }

    private Task<AppendOutcome> AppendAsync(Guid id) => Store.AppendAsync(Some.Event() with { Id = id });

    private Task<IdMatches> FindAsync(IdKind kind, string ending) => Store.IdEndings.FindAsync(kind, ending, Cancel);
}
