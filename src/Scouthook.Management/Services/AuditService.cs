using Scouthook.Inbox.Model;
using Scouthook.Inbox.Storage;
using Scouthook.Management.Authentication;
using Scouthook.Management.Services.Views;

namespace Scouthook.Management.Services;

/// <summary>Lists who changed what, and when.</summary>
internal sealed class AuditService(IAccessStore store)
{
    /// <summary>Lists the audit entries, newest first.</summary>
    public async Task<PageView<AuditView>> ListAsync(Caller caller, PageRequest page, CancellationToken cancellationToken)
    {
        caller.MustBe(ApiRole.Admin);
        return (await store.ListAuditAsync(page.Cursor, page.Limit, cancellationToken)).Select(AuditView.From);
    }
}
