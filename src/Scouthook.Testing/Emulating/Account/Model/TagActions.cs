using Scouthook.Payloads;
using Scouthook.Testing.Emulating.Account.Writing;
using Scouthook.Testing.Generating;

namespace Scouthook.Testing;

/// <summary>Creates, changes and deletes tags.</summary>
internal sealed class TagActions(AccountData data)
{
    public Tag? Find(string name) => data.Tags.Values.FirstOrDefault(
        tag => string.Equals(tag.Name, name.Trim(), StringComparison.OrdinalIgnoreCase));

    public Tag FindOrCreate(string name) => Find(name) ?? Create(name, TagColors.Default);

    public Tag Create(string name, string color)
    {
        RequireFree(name, null);
        var tag = Add(name.Trim(), color, data.Second());
        Emit("tag.created", tag);
        return tag;
    }

    /// <summary>Adds a tag without an event.</summary>
    public Tag Add(string name, string color, DateTimeOffset createdAt)
    {
        var id = data.Ids.Next(IdKind.Tag);
        return data.Tags[id] = new Tag
        {
            Id = id,
            Slug = DerivedText.Slug(name),
            Name = name,
            Color = TagColors.Require(color),
            CreatedAt = createdAt,
            TicketCount = 0,
        };
    }

    public Tag Update(Tag before, string? name, string? color)
    {
        if (name is not null)
        {
            RequireFree(name, before);
        }

        var after = before with
        {
            Name = name?.Trim() ?? before.Name,
            Slug = name is null ? before.Slug : DerivedText.Slug(name.Trim()),
            Color = color is null ? before.Color : TagColors.Require(color),
            UpdatedAt = data.SecondOf($"tag {before.Id}"),
        };
        data.Tags[before.Id] = after;
        Emit("tag.updated", after);
        return after;
    }

    public void Delete(Tag tag)
    {
        data.Tags.Remove(tag.Id);
        foreach (var conversation in data.Conversations.Values)
        {
            conversation.TagIds = conversation.TagIds.Remove(tag.Id);
        }

        data.Emit("tag.deleted", new DeletedResource { Id = tag.Id }, $"tags/{tag.Id}");
    }

    private void RequireFree(string name, Tag? self)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (Find(name) is { } other && other.Id != self?.Id)
        {
            throw new ArgumentException($"A tag named '{other.Name}' exists. Use another name.", nameof(name));
        }
    }

    private void Emit(string name, Tag tag) => data.Emit(name, tag, $"tags/{tag.Id}");
}
