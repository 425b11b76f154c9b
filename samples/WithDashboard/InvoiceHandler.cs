using Scouthook.Events;
using Scouthook.Handling;

namespace WithDashboard;

/// <summary>Handles conversations about invoices, once the accounting system exists.</summary>
public sealed class InvoiceHandler(IConfiguration configuration) : IHelpScoutEventHandler<ConversationCreated>
{
    public Task HandleAsync(ConversationCreated helpScoutEvent, EventContext context, CancellationToken cancellationToken) =>
        configuration.GetValue<bool>("Accounting")
            ? Console.Out.WriteLineAsync($"Filed {helpScoutEvent.Conversation.Number}, attempt {context.Attempt}")
            : throw new GiveUpException("There is no accounting system. Set Accounting to true.");
}
