"use strict";

// Everything that comes from the account is shown as text, never as markup: subjects and names may contain anything.
const byId = id => document.getElementById(id);
let selected = null;
let refreshing = false;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function show(text, isBad) {
  const message = byId("message");
  message.textContent = text;
  message.classList.toggle("bad", isBad);
}

function setText(id, text) {
  const target = byId(id);
  if (target.textContent !== text) target.textContent = text;
}

async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) {
      show(answer.message, true);
      return false;
    }
    const raisesEvents = path.startsWith("page/actions/") || path === "page/events";
    show(answer.events.length ? `Raised ${summary(answer.events)}.` : raisesEvents ? "Done. No event was raised." : "Done.", false);
    await refresh();
    return true;
  } catch {
    disconnected();
    return false;
  }
}

function summary(events) {
  const counts = new Map();
  for (const name of events) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => count > 1 ? `${name} (${count})` : name).join(", ");
}

const act = (name, request) => post(`page/actions/${name}`, request);

// The field follows the rate of the command line or of another page, except while it has the focus.
let shownRate = null;
function showRate(rate) {
  const field = byId("rate").elements.rate;
  if (rate === shownRate || field === document.activeElement) return;
  shownRate = rate;
  field.value = rate;
}

function disconnected() {
  setText("connection", "not running");
  byId("connection").className = "pill bad";
  show("The local Help Scout does not answer. Start scouthook emulate again.", true);
}

async function refresh() {
  if (refreshing) return;
  refreshing = true;
  try {
    const response = await fetch("page/state");
    render(await response.json());
    if (byId("connection").textContent === "not running") show("Connected again.", false);
    setText("connection", "running");
    byId("connection").className = "pill good";
  } catch {
    disconnected();
  } finally {
    refreshing = false;
  }
}

// Replaces only the items that changed, so that focus and scroll position stay.
function list(id, items, keyOf, make) {
  const parent = byId(id);
  const old = new Map([...parent.children].map(child => [child.dataset.key, child]));
  items.forEach((item, index) => {
    const key = String(keyOf(item));
    const version = JSON.stringify(item) + (item.id === selected ? "*" : "");
    let child = old.get(key);
    old.delete(key);
    if (!child || child.dataset.version !== version) {
      const focused = child && child.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
      const fresh = make(item);
      fresh.dataset.key = key;
      fresh.dataset.version = version;
      if (child) child.replaceWith(fresh);
      child = fresh;
      if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
      if (focused) child.querySelector(`[data-focus="${focused}"]`)?.focus();
    } else if (parent.children[index] !== child) {
      parent.insertBefore(child, parent.children[index] ?? null);
    }
  });
  for (const child of old.values()) child.remove();
}

const time = text => new Date(text).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

function line(...parts) {
  const made = element("div", "line");
  made.append(...parts.filter(part => part));
  return made;
}

function button(text, name, handle, className) {
  const made = element("button", `small${className ? ` ${className}` : ""}`, text);
  made.type = "button";
  made.dataset.focus = name;
  made.addEventListener("click", handle);
  return made;
}

function item(parts, buttons) {
  const made = element("li");
  made.append(line(...parts));
  if (buttons) {
    const group = element("div", "buttons");
    group.append(...buttons);
    made.append(group);
  }
  return made;
}

const quiet = text => element("span", "quiet", text);
const name = text => element("span", "name", text);

function statusPill(status) {
  return element("span", `pill${{ active: " good", pending: " wait", spam: " bad" }[status] ?? ""}`, status);
}

function conversation(value) {
  const made = element("li");
  const choice = element("button", "choice");
  choice.type = "button";
  choice.dataset.focus = "choice";
  choice.setAttribute("aria-pressed", String(value.id === selected));
  choice.addEventListener("click", () => {
    selected = value.id;
    refresh();
  });
  const details = [
    value.customer, value.inbox, value.assignee ? `assigned to ${value.assignee}` : "unassigned",
    `${value.threads} ${value.threads === 1 ? "thread" : "threads"}`, value.isSnoozed ? "snoozed" : null,
  ].filter(detail => detail).join(" · ");
  choice.append(
    line(quiet(`#${value.number}`), name(value.subject || "(no subject)"), statusPill(value.status)),
    line(quiet(details), ...value.tags.map(tag => element("span", "pill", tag))));
  made.append(choice);
  return made;
}

function chat(value) {
  return item(
    [name(value.customer ?? "Customer"), quiet(value.assignee ? `with ${value.assignee}` : "waiting"), quiet(value.preview)],
    [
      value.assignee ? null : button("Accept", "accept", () => act("chat-accept", { id: value.id })),
      button("Customer writes", "reply", () => act("chat-reply", { id: value.id })),
      button("Agent writes", "answer", () => act("chat-answer", { id: value.id })),
      button("End", "end", () => act("chat-end", { id: value.id })),
    ].filter(entry => entry));
}

function entry(kind, parts) {
  return value => item(parts(value), [
    button("Change", "change", () => act(`${kind}-update`, { id: String(value.id) })),
    button("Delete", "delete", () => act(`${kind}-delete`, { id: String(value.id) }), "danger"),
  ]);
}

const customer = entry("customer", value => [name(value.name || value.email), quiet(value.name ? value.email : "")]);
const organization = entry("organization", value => [name(value.name)]);
const tag = entry("tag", value => [name(value.name), quiet(value.color)]);

function user(value) {
  return item(
    [name(value.name), value.status ? element("span", `pill${value.status === "active" ? " good" : ""}`, value.status) : null],
    value.status ? [button(value.status === "active" ? "Goes away" : "Returns", "status", () => act("user-status", { id: String(value.id) }))] : null);
}

function webhook(value) {
  const change = verb => post(`page/webhooks/${value.id}/${verb}`, {});
  const made = item(
    [
      name(`Webhook ${value.id}`),
      element("span", `pill ${value.isEnabled ? "good" : "bad"}`, value.isEnabled ? "enabled" : "disabled"),
      value.label ? quiet(value.label) : null,
      element("span", "code", value.url),
    ]);
  const facts = [
    value.event ?? `${value.eventCount} events`, value.payloadVersion, value.notification ? "notifications only" : null,
    value.inboxCount ? `${value.inboxCount} ${value.inboxCount === 1 ? "inbox" : "inboxes"}` : null,
    `${value.pending} pending`, `${value.discards} discarded`,
  ].filter(fact => fact).join(" · ");
  made.append(line(quiet(facts)));
  if (value.disabledReason) made.append(line(quiet(value.disabledReason)));
  const group = element("div", "buttons");
  group.append(
    ...value.isEnabled
      ? [button("Send a test event", "test", () => change("test")), button("Disable webhook", "state", () => change("disable"))]
      : [button("Enable webhook", "state", () => change("enable"))],
    button("Delete", "delete", () => change("delete"), "danger"));
  made.append(group);
  return made;
}

function attempt(value) {
  const isGood = value.outcome === "Acknowledged";
  const answer = value.statusCode ?? value.failure ?? "no answer";
  return item([
    quiet(time(value.at)), name(value.name), quiet(`webhook ${value.webhook}, attempt ${value.number}`),
    element("span", `pill ${isGood ? "good" : value.outcome === "Retrying" ? "wait" : "bad"}`, String(answer)),
    quiet(`${value.milliseconds} ms`),
    isGood ? null : quiet(value.outcome.toLowerCase() + (value.outcome === "Retrying" && value.nextAt ? `, next at ${time(value.nextAt)}` : "")),
    ...value.effects.map(effect => element("span", "pill wait", effect)),
  ]);
}

function chaos(value) {
  const made = element("label");
  const box = element("input");
  box.type = "checkbox";
  box.checked = value.probability > 0;
  box.dataset.focus = "switch";
  box.addEventListener("change", () => post("page/chaos", { [value.name]: box.checked ? value.rate : 0 }));
  const percent = Math.round((value.probability || value.rate) * 1000) / 10;
  made.append(box, document.createTextNode(`${value.description} (${percent}%)`));
  return made;
}

function options(select, values) {
  const version = JSON.stringify(values);
  if (select.dataset.version === version) return;
  const chosen = select.value;
  select.replaceChildren(...values.map(([value, text]) => {
    const option = element("option", null, text);
    option.value = value;
    return option;
  }));
  select.dataset.version = version;
  if (values.some(([value]) => value === chosen)) select.value = chosen;
}

const title = value => `#${value.number} ${value.subject || "(no subject)"}`;
const counted = (total, shown) => total > shown ? `${total}, the latest ${shown} shown` : String(total);

function render(state) {
  const account = state.account;
  setText("address", state.address);
  setText("client-id", state.clientId);
  setText("client-secret", state.clientSecret);
  setText("rate-now", state.rate > 0 ? `${state.rate} per second` : "off");
  showRate(state.rate);
  byId("rate-now").className = `pill${state.rate > 0 ? " good" : ""}`;
  options(byId("play").elements.event, state.eventTypes.map(type => [type, type]));

  if (!account.conversations.some(value => value.id === selected)) selected = account.conversations[0]?.id ?? null;
  const current = account.conversations.find(value => value.id === selected);
  byId("conversation-panel").hidden = !current;
  byId("conversation-hint").hidden = Boolean(current);
  if (current) setText("selected", title(current));
  options(
    byId("merge").elements.other,
    account.conversations.filter(value => value.id !== selected).map(value => [String(value.id), title(value)]));
  byId("merge").hidden = account.conversations.length < 2;
  list("conversations", account.conversations, value => value.id, conversation);
  setText("conversation-count", counted(account.conversationCount, account.conversations.length));

  list("chats", account.chats, value => value.id, chat);
  byId("chat-hint").hidden = account.chats.length > 0;
  list("customers", account.customers, value => value.id, customer);
  setText("customer-count", counted(account.customerCount, account.customers.length));
  list("organizations", account.organizations, value => value.id, organization);
  setText("organization-count", counted(account.organizationCount, account.organizations.length));
  list("tags", account.tags, value => value.id, tag);
  setText("tag-count", counted(account.tagCount, account.tags.length));
  list("users", account.users, value => value.id, user);
  list("inboxes", [
    ...account.teams.map(value => ({ ...value, kind: "team" })), ...account.inboxes.map(value => ({ ...value, kind: "inbox" })),
  ], value => value.id, value => item([name(value.name), quiet(`${value.kind} ${value.id}`)]));

  // The log is shown below for all webhooks together.
  list("webhooks", state.webhooks.map(({ log, ...value }) => value), value => value.id, webhook);
  byId("webhook-hint").hidden = state.webhooks.length > 0;
  const log = state.webhooks.flatMap(value => value.log.map(logged => ({ ...logged, webhook: value.id })))
    .sort((one, other) => Date.parse(other.at) - Date.parse(one.at)).slice(0, 60);
  list("log", log, value => [value.webhook, value.event, value.number, value.at, value.effects.join()].join(), attempt);
  byId("log-hint").hidden = log.length > 0;
  list("chaos", state.chaos, value => value.name, chaos);

  list("events", state.events, value => value.number, value => item([quiet(time(value.at)), name(value.name), element("span", "code quiet", value.path)]));
  setText("event-count", counted(state.eventCount, state.events.length));
  byId("event-hint").hidden = state.eventCount > 0;
}

for (const made of document.querySelectorAll("button[data-action]")) {
  made.addEventListener("click", () => {
    const request = {};
    if (made.dataset.on) request.id = String(selected);
    if (made.dataset.value !== undefined) request.value = made.dataset.value;
    act(made.dataset.action, request);
  });
}

function onSubmit(id, handle) {
  byId(id).addEventListener("submit", event => {
    event.preventDefault();
    handle(event.target.elements, event.target);
  });
}

byId("one-of-each").addEventListener("click", () => post("page/events", {}));
onSubmit("play", fields => post("page/events", { value: fields.event.value }));
onSubmit("rate", fields => post("page/rate", { eventsPerSecond: Number(fields.rate.value) }));
onSubmit("merge", fields => act("merge", { id: String(selected), value: fields.other.value }));
onSubmit("write", async (fields, form) => {
  if (await act("email", { email: fields.email.value, subject: fields.subject.value, text: fields.text.value })) form.reset();
});
onSubmit("add", async (fields, form) => {
  if (await post("page/webhooks", { url: fields.url.value, secret: fields.secret.value })) form.reset();
});
byId("generate").addEventListener("click", () => {
  byId("add").elements.secret.value = [...crypto.getRandomValues(new Uint8Array(20))].map(value => value.toString(16).padStart(2, "0")).join("");
});

refresh();
setInterval(() => { if (!document.hidden) refresh(); }, 1000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
