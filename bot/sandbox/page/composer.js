// A place to write: Enter sends, Shift+Enter makes a new line; what is typed survives redraws and refusals.
import * as api from "./api.js";
import { did } from "./deeds.js";
import { enterSends, freshId, h } from "./dom.js";
import { attachments } from "./files.js";
import { showShortcuts } from "./shortcuts.js";
import { state } from "./state.js";
import { suggesting } from "./suggest.js";

const COMMAND = /^(\/[a-z0-9_-]+)(?:\s+([^]*))?$/i;

/** A form that sends what is typed to the channel, or to the thread of `threadTs`. */
export function composer({ label, id, threadTs, left }) {
  const about = { placeholder: label, "aria-label": label };
  const box = h("textarea", { id: id ?? freshId(), rows: 1, ...about });
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const fail = (words) => {
    trouble.textContent = words ? `⚠ ${words}` : "";
    trouble.hidden = !words;
  };
  const attached = attachments();
  const send = async () => {
    const text = box.value;
    if (!text.trim() && !attached.any()) return;
    box.value = "";
    fail(null);
    const refusal = await deliver(text, threadTs, attached).catch((refused) => refused.message);
    if (!refusal) return;
    box.value ||= text;
    fail(refusal);
  };
  const main = !threadTs; // Slack runs no commands in threads
  const form = h(
    "form",
    { class: "composer", onsubmit: (event) => (event.preventDefault(), send()) },
    main && suggesting(box),
    main && showShortcuts(),
    h(
      "div",
      { class: "writing" },
      box,
      attached.button,
      h("button", { type: "submit", class: "primary" }, "Send"),
    ),
    attached.list,
    trouble,
  );
  enterSends(box, send);
  box.addEventListener("keydown", ({ key }) => key === "Escape" && !box.value && left?.());
  return Object.assign(form, { focusBox: () => box.focus() });
}

/** Sends a message or runs a slash command; answers what went wrong, in words, or nothing. */
async function deliver(text, threadTs, attached) {
  const here = { user: state.me, channel: state.channel };
  const command = COMMAND.exec(text.trim());
  if (!command) {
    const files = attached.any() && { files: await attached.upload() };
    const thread = threadTs && { thread_ts: threadTs };
    const { ts } = await api.write({ ...here, text, ...thread, ...files });
    attached.clear();
    did({ kind: "write", ts, channel: here.channel, thread: threadTs });
    return undefined;
  }
  if (threadTs) return "Slack does not run slash commands in threads. Type it below the channel.";
  const { acked, error } = await api.command({
    ...here,
    command: command[1],
    text: command[2] ?? "",
  });
  return acked && !error
    ? undefined
    : error || `${command[1]} did not work: the bot did not answer in time.`;
}
