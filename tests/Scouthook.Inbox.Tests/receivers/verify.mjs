// Verifies a delivery with the standardwebhooks library. In: {secret, now, headers, body} as JSON, the body as base64,
// now in Unix seconds. Ends with 0 if the library trusts it, with 1 and the library's reason if not.
import { Webhook, WebhookVerificationError } from "standardwebhooks";

let input = "";
for await (const part of process.stdin) {
  input += part;
}

const { secret, now, headers, body } = JSON.parse(input);

// The library looks at the clock; the sender under test has one of its own.
Date.now = () => now * 1000;

try {
  new Webhook(secret).verify(Buffer.from(body, "base64"), headers, { jsonParse: false });
} catch (problem) {
  if (!(problem instanceof WebhookVerificationError)) {
    throw problem;
  }

  console.log(problem.message);
  process.exitCode = 1;
}
