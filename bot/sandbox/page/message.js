// One message: who, when, what, and what the acting person may do with it.
import * as api from "./api.js";
import { tried } from "./announce.js";
import { showBlocks } from "./blocks.js";
import { sure } from "./confirm.js";
import { did } from "./deeds.js";
import { h } from "./dom.js";
import { editor } from "./editor.js";
import { named } from "./emoji.js";
import { shared } from "./files.js";
import { mrkdwn, typed } from "./mrkdwn.js";
import { face, nameOf } from "./people.js";
import { onMessage } from "./shortcuts.js";
import { state, zone } from "./state.js";
import { full, moment, today } from "./times.js";

const DELETED = "This message was deleted.";

/** An empty row for a message; `showMessage` fills it. */
export function makeRow(message, reply) {
  const row = h("article", { class: "message", tabindex: "-1", data: { ts: message.ts } });
  row.head = h("div", { class: "head" });
  row.content = h("div", { class: "content", dir: "auto" });
  row.more = h("div", { class: "more" });
  row.tools = h("div", { class: "tools" });
  row.append(
    h("div", { class: "portrait" }),
    h("div", { class: "said" }, row.head, row.content, row.more),
    row.tools,
  );
  row.reply = reply;
  return row;
}

/** Brings a row up to date; parts that did not change keep their nodes. */
export function showMessage(row, message) {
  const stamp = state.me + zone() + today(zone());
  const print = JSON.stringify([message, state.app.shortcuts]) + stamp;
  if (row.print === print) return;
  Object.assign(row, { print, message });
  row.classList.toggle("ephemeral", Boolean(message.ephemeral));
  row.classList.toggle("gone", Boolean(message.deleted));
  row.setAttribute(
    "aria-label",
    `${nameOf(message.user, message.bot)}, ${moment(Number(message.ts), zone())}`,
  );
  row.firstElementChild.replaceChildren(
    message.deleted
      ? h("span", { class: "face gone", "aria-hidden": "true" }, "🗑")
      : face(message.user, message.bot),
  );
  row.head.replaceChildren(...head(message));
  row.more.replaceChildren(...shared(message), ...reactions(message));
  showBlocks(row.content, blocksOf(message), { act: acting(message) }, stamp);
  showTools(row, message);
}

function head(message) {
  const unix = Number(message.ts);
  return [
    !message.deleted && h("b", { class: "name" }, nameOf(message.user, message.bot)),
    message.bot && h("span", { class: "app" }, "APP"),
    h(
      "time",
      { datetime: new Date(unix * 1000).toISOString(), title: full(unix, zone()) },
      moment(unix, zone()),
    ),
    message.edited_ts &&
      h("span", { class: "edited", title: full(Number(message.edited_ts), zone()) }, "(edited)"),
    message.ephemeral && h("span", { class: "only-you" }, "Only visible to you"),
  ].filter(Boolean);
}

/** A message's blocks; without any, its text stands as a section of mrkdwn. */
function blocksOf(message) {
  if (message.deleted)
    return [{ type: "context", elements: [{ type: "plain_text", text: DELETED }] }];
  if (message.blocks?.length) return message.blocks;
  return [{ type: "section", text: { type: "mrkdwn", text: message.text ?? "" } }];
}

const reactions = ({ reactions: all = [] }) =>
  all.map(({ name, users }) => {
    const who = users.map((id) => nameOf(id)).join(", ");
    return h(
      "span",
      { class: "reaction", title: who },
      `${named(name) ?? `:${name}:`} ${users.length}`,
    );
  });

const acting = (message) => (action) =>
  api.act({ user: state.me, channel: state.channel, ts: message.ts, ...action });

const own = (message) =>
  message.user === state.me && !message.bot && !message.deleted && !message.ephemeral;

function showTools(row, message) {
  const mine = own(message);
  const wanted = [
    row.reply && !message.deleted && !message.ephemeral && ["Reply", () => row.reply()],
    ...(message.deleted || message.ephemeral ? [] : onMessage(message)),
    mine && ["Edit", () => edit(row)],
    mine && ["Delete", () => remove(row)],
  ].filter(Boolean);
  const names = wanted.map(([name]) => name).join();
  if (row.tools.dataset.names === names) return;
  row.tools.dataset.names = names;
  row.tools.replaceChildren(
    ...wanted.map(([name, onclick]) => h("button", { type: "button", class: "tool", onclick }, name)),
  );
}

async function remove(row) {
  const { ts, text } = row.message;
  if (!(await sure("Delete this message?", typed(text ?? "").slice(0, 200), "Delete"))) return;
  await tried(() => api.remove(state.channel, ts, state.me));
}

function edit(row) {
  if (row.editor) return row.editor.focusBox();
  const { ts, text } = row.message;
  const save = async (written) => {
    const saved = await tried(() => api.edit(state.channel, ts, state.me, written));
    if (saved) did({ kind: "edit", ts });
    return saved;
  };
  const left = () => {
    row.editor.remove();
    row.editor = null;
    row.classList.remove("editing");
    [...row.tools.children].find((tool) => tool.textContent === "Edit")?.focus();
  };
  row.editor = editor(typed(text ?? ""), save, left);
  row.classList.add("editing");
  row.content.before(row.editor);
  row.editor.focusBox();
  row.editor.scrollIntoView({ block: "nearest" });
  return undefined;
}

/** A message in a few words, for screen readers. */
export function spoken(message) {
  const text = mrkdwn(message.text ?? "")
    .map((node) => node.textContent ?? node)
    .join("");
  return `${nameOf(message.user, message.bot)}: ${text.slice(0, 300)}`;
}
