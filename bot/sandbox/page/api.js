// The sandbox's requests for people, and its stream of changes.

/** The sandbox refused, or did not answer; the message is for people. */
export class Refused extends Error {}

const GONE = "The sandbox does not answer. Is it still running?";

async function ask(method, path, body) {
  const options = { method, cache: "no-store" };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(`/sandbox/${path}`, options).catch(() => {
    throw new Refused(GONE);
  });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(content.error ?? `The sandbox answered ${answer.status}.`);
  return content;
}

const query = (values) => new URLSearchParams(values).toString();
const at = encodeURIComponent;

export const world = () => ask("GET", "world");
export const reset = () => ask("POST", "reset", {});

export const messages = (channel, as) => ask("GET", `slack/messages?${query({ channel, as })}`);
export const write = (message) => ask("POST", "slack/messages", message);
export const edit = (channel, ts, user, text) =>
  ask("PUT", `slack/messages/${at(channel)}/${at(ts)}`, { user, text });
export const remove = (channel, ts, user) =>
  ask("DELETE", `slack/messages/${at(channel)}/${at(ts)}`, { user });
export const command = (typed) => ask("POST", "slack/commands", typed);
export const act = (action) => ask("POST", "slack/actions", action);
export const app = () => ask("GET", "slack/app");
export const shortcut = (used) => ask("POST", "slack/shortcuts", used);
export const openHome = (user) => ask("POST", "slack/home", { user });
export const home = (user) => ask("GET", `slack/home?${query({ user })}`);

export const views = (user) => ask("GET", `slack/views?${query({ user })}`);
export const submit = (id, user, values) =>
  ask("POST", `slack/views/${at(id)}/submit`, { user, values });
export const close = (id, user) => ask("POST", `slack/views/${at(id)}/close`, { user });
export const sockets = () => ask("GET", "slack/sockets");
export const traffic = () => ask("GET", "slack/traffic");

export const talk = (account) => ask("GET", `x/talk?${query({ user_id: account })}`);
export const tweetByHand = (author, text) => ask("POST", "x/tweets", { user_id: author, text });

export const clock = () => ask("GET", "clock");
export const moveTime = (how) => ask("POST", "clock", how);
export const realTime = () => ask("DELETE", "clock");

export const faults = () => ask("GET", "faults");
export const setFaults = (knobs) => ask("PUT", "faults", knobs);
export const breakSocket = (how) => ask("POST", "faults/socket", { do: how });

/** Calls `changed` with each change, and `alive` with whether the stream stands. */
export function stream(changed, alive) {
  const source = new EventSource("/sandbox/stream");
  source.onopen = () => alive(true);
  source.onerror = () => alive(false);
  source.onmessage = (event) => changed(JSON.parse(event.data));
  addEventListener("pagehide", () => source.close());
}
