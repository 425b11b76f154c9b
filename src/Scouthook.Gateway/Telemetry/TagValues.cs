namespace Scouthook.Gateway.Telemetry;

/// <summary>The tags of a measurement, compared by value.</summary>
internal readonly struct TagValues(KeyValuePair<string, object?>[] tags) : IEquatable<TagValues>
{
    public ReadOnlySpan<KeyValuePair<string, object?>> All => tags;

    /// <summary>Returns whether tags are the same objects.</summary>
    public bool IsSame(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (others.Length != tags.Length)
        {
            return false;
        }

        for (var index = 0; index < others.Length; index++)
        {
            if (!ReferenceEquals(others[index].Value, tags[index].Value) || !ReferenceEquals(others[index].Key, tags[index].Key))
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(TagValues other)
    {
        var others = other.All;
        if (others.Length != tags.Length)
        {
            return false;
        }

        // A pair itself would be compared by reflection.
        for (var index = 0; index < others.Length; index++)
        {
            if (others[index].Key != tags[index].Key || !Equals(others[index].Value, tags[index].Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is TagValues other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in tags)
        {
            hash.Add(name);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
