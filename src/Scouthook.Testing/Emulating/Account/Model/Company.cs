using Scouthook.Payloads;

namespace Scouthook.Testing;

/// <summary>The company that an account starts with: an invented one, the same as in the sample events.</summary>
internal static class Company
{
    public const long AiAnswersId = 770001;

    public const string BeaconId = "b8a3c5d2-77f1-4a4e-8f0c-1e2d3c4b5a69";

    public static void Found(
        AccountData data, CustomerActions customers, OrganizationActions organizations, TagActions tags, UserActions users)
    {
        var start = data.Second().AddDays(-400);
        data.Inboxes.Add(Inbox(318842, "Support", "help@example.com", start, 8730112, 8730113, 8730115, 8730119, 8730120,
        [
            new()
            {
                Id = 20111, Name = "Plan", Type = "DROPDOWN",
                Options = new Dictionary<long, string> { [33077] = "Trial", [33078] = "Team", [33079] = "Company" },
            },
            new() { Id = 20112, Name = "Renewal date", Type = "DATE" },
            new() { Id = 20113, Name = "Seats", Type = "NUMBER" },
            new() { Id = 20114, Name = "Order ref", Type = "SINGLE_LINE" },
            new() { Id = 20115, Name = "Notes", Type = "MULTI_LINE" },
        ]));
        data.Inboxes.Add(Inbox(318907, "Engineering", "engineering@example.com", start, 8731990, 8731991, 8731992, 8731993, 8731994,
        [
            new() { Id = 20131, Name = "Ticket", Type = "SINGLE_LINE" },
        ]));

        users.Add(Persons.HelpScoutId, "Help", "Scout", "none@nowhere.com", "user", start);
        users.Add(AiAnswersId, "AI", "Answers", "ai@example.com", "user", start);
        users.Add(771204, "Maya", "Lindqvist", "maya@example.com", "owner", start);
        users.Add(771339, "Tobias", "Okafor", "tobias@example.com", "admin", start);
        users.Add(771412, "Inés", "Carvajal", "ines@example.com", "user", start.AddDays(90));
        users.Add(771498, "Jun", "Watanabe", "jun@example.com", "user", start.AddDays(210));
        data.Teams[772001] = new() { Id = 772001, Name = "Billing", MemberIds = [771204, 771412] };
        data.Teams[772002] = new() { Id = 772002, Name = "Technical", MemberIds = [771339, 771498] };

        var nord = organizations.Add("Officina Nord S.r.l.", ["officina-nord.example.org"]);
        var kafe = organizations.Add("Kafé & Co", ["kafe.example.org"]);
        organizations.Add("Blue Harbor Logistics", ["blueharbor.example.net"]);

        AddCustomer(customers, "zoe.marchetti@officina-nord.example.org", "Zoë", "Marchetti", start.AddDays(3), nord);
        AddCustomer(customers, "kenji@example.net", "Kenji", "Araújo", start.AddDays(41), null);
        AddCustomer(customers, "agnieszka@kafe.example.org", "Agnieszka", "Żółć", start.AddDays(97), kafe);
        AddCustomer(customers, "sam.oneill@blueharbor.example.net", "Sam", "O'Neill", start.AddDays(180), null);
        AddCustomer(customers, "wei@example.net", "伟", "陈", start.AddDays(251), null);
        AddCustomer(customers, "no-reply@example.net", null, null, start.AddDays(300), null);

        tags.Add("login", "blue", start.AddDays(5));
        tags.Add("billing", "green", start.AddDays(5));
        tags.Add("follow up", "yellow", start.AddDays(33));
        tags.Add("café / 東京", "none", start.AddDays(120));
        tags.Add("urgent", "red", start.AddDays(160));
    }

    private static AccountInbox Inbox(
        long id, string name, string email, DateTimeOffset createdAt, long open, long assigned, long team, long closed,
        long spam, IReadOnlyList<AccountCustomField> customFields) => new()
        {
            Id = id,
            Name = name,
            Email = email,
            CreatedAt = createdAt,
            Folders =
            [
                new() { Id = open, Name = "Unassigned", Type = FolderTypes.Open },
                new() { Id = assigned, Name = "Assigned", Type = FolderTypes.Assigned },
                new() { Id = team, Name = "Teams", Type = FolderTypes.Team },
                new() { Id = closed, Name = "Closed", Type = FolderTypes.Closed },
                new() { Id = spam, Name = "Spam", Type = FolderTypes.Spam },
            ],
            CustomFields = customFields,
        };

    private static void AddCustomer(
        CustomerActions customers, string email, string? first, string? last, DateTimeOffset createdAt, Organization? organization)
    {
        var entry = customers.Add(email, first, last, createdAt);
        entry.Value = entry.Value with { Organization = organization?.Name, OrganizationId = organization?.Id };
    }
}
