using System.Collections.Immutable;

namespace Scouthook.Testing.Emulating.Account.Playing;

/// <summary>The texts of a busy day: invented, and with everything that makes text difficult.</summary>
internal static class Vocabulary
{
    public static readonly ImmutableArray<(string First, string Last)> People =
    [
        ("Zoë", "Brandt"), ("Łukasz", "Wójcik"), ("Noor", "van Dijk"), ("José", "Muñoz"), ("Sinéad", "O'Brien"),
        ("Emre", "Yıldız"), ("Hana", "Nováková"), ("Björn", "Åström"), ("美咲", "佐藤"), ("Chloé", "Lefèvre"),
        ("Amara", "Okonkwo"), ("Ion", "Țepeș"), ("Søren", "Kjær"), ("Priya", "Natarajan"), ("Дарья", "Соколова"),
        ("Tom", "Baker-Smith"), ("Fatima", "El Amrani"), ("Minh", "Nguyễn"),
    ];

    public static readonly ImmutableArray<(string Subject, string Body)> Questions =
    [
        ("Invoice #2026/88 – wrong VAT", "<div>Hello,<br /><br />the invoice shows 25% VAT, but we are registered in Italy&hellip;</div>"),
        ("Can't log in on \"staging\"", "<p>The reset link says it expired 🙁 even right after I request it.</p>"),
        ("Export stops at 10,000 rows", "<div dir=\"ltr\">Our CSV export ends after <b>10,000</b> rows.<br>Is there a limit &amp; can you raise it?</div>"),
        ("¿Cómo cambio mi suscripción?", "<p>Buenos días: ¿dónde puedo pasar al plan anual? ¡Gracias!</p>"),
        ("Webhook URL in Settings > API", "<p>Where do I set the address? I tried <code>https://app.example.com/hooks/a/b</code>.</p>"),
        ("Kündigung zum Monatsende", "<div>Guten Tag,<br>bitte kündigen Sie unser Konto für die Außenstelle Köln.</div>"),
        ("Refund", "Ordered twice by mistake 🤦‍♀️ – please refund the second one."),
        ("App is slow since this morning", "<p>Pages take 20&nbsp;seconds. Colleagues in 東京 see the same.</p><p>-- <br>Sent from my phone</p>"),
        ("Thank you!", "<p>Just wanted to say: the new search is great 🎉🎉</p>"),
        ("Seat count", "How do we go from 12 to 15 seats in the middle of the year?"),
        ("", "(no subject, sorry) My account is locked."),
        ("RE: RE: Fwd: order AC/77-19", "<blockquote>&gt; Your parcel is on its way</blockquote><p>It never arrived.</p>"),
    ];

    public static readonly ImmutableArray<string> CustomerReplies =
    [
        "<div>Perfetto ✅ – it works now. Grazie!</div>",
        "<p>Still the same, here is what I see:</p><pre>Error 503 \\ upstream\ttimeout</pre>",
        "Yes, please. Order ref is AC/77-19.",
        "<div dir=\"ltr\">Can you send it as &quot;PDF/A&quot;?</div>",
        "<p>We tried <i>both</i> browsers. Same result 😕</p>",
        "Merci beaucoup, ça marche !",
        "<p>Any news? It has been two days…</p>",
    ];

    public static readonly ImmutableArray<string> AgentReplies =
    [
        "<p>Thanks for writing in! I have reset your password; the new link is valid for 24&nbsp;hours.</p>",
        "Here is the corrected invoice. I'll check in on Thursday.<br><br>Best regards",
        "<p>You can change the seat count under <b>Settings → Billing</b>.</p>",
        "<p>We found the cause &amp; deployed a fix. Could you try again?</p>",
        "<p>Which browser do you use? A screenshot would help 📸</p>",
        "<p>Done: the second order is refunded. It takes 3–5 days to appear.</p>",
    ];

    public static readonly ImmutableArray<string> Notes =
    [
        "<p>@maya could you check the <code>SSO</code> logs?</p>",
        "Third report about this today. Linked to incident 2026/31.",
        "<p>VIP since 2024 – please answer before noon.</p>",
        "Called back, no answer. Will try again mañana.",
    ];

    public static readonly ImmutableArray<string> ChatMessages =
    [
        "Hi! Is the API down? 🤔", "GET /v2/conversations", "Since about 9 o'clock", "ok, un momento…", "That helped, thanks! 👍",
        "Does it work with Safari < 17?", "I'm on the \"Team\" plan",
    ];

    public static readonly ImmutableArray<string> ChatAnswers =
    [
        "No known incident — which endpoint?", "Let me check…", "Could you clear the cache & sign in again?", "Glad to hear it 😊",
    ];

    public static readonly ImmutableArray<string> NewTags =
    [
        "refund", "über-priorität", "feature request", "a/b test", "日本", "renewal 2027", "bug 🐞", "needs \"legal\"",
    ];

    public static readonly ImmutableArray<string> JobTitles = ["Head of Finance", "Développeuse", "IT & Operations", "CEO", "Büroleitung"];

    public static readonly ImmutableArray<(string Name, string Domain)> Companies =
    [
        ("Åkerlund & Söner AB", "akerlund.example.net"), ("Tienda Ñandú", "nandu.example.org"), ("North/South Trading", "ns.example.net"),
        ("喫茶さくら", "sakura.example.org"), ("Dvořák s.r.o.", "dvorak.example.org"),
    ];

    public static readonly ImmutableArray<string> RatingComments =
        ["", "Took 3 e-mails… 😕", "Super schnelle Antwort, danke!", "Maya is the best", "meh"];

    public static T Pick<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
