using Scouthook.Handling;
using Scouthook.Parsing;

namespace Scouthook.AspNetCore.Tests.Support;

/// <summary>A receiver with the outcome that the test specifies.</summary>
internal sealed class FakeReceiver(Func<ReceivedWebhook, CancellationToken, ValueTask<ReceiveOutcome>> receive)
    : IWebhookReceiver
{
    public FakeReceiver(ReceiveOutcome outcome)
        : this((_, _) => ValueTask.FromResult(outcome))
    {
    }

    public async ValueTask<ReceiveOutcome> ReceiveAsync(ReceivedWebhook webhook, CancellationToken cancellationToken)
    {
        using (webhook)
        {
            return await receive(webhook, cancellationToken);
        }
    }
}
