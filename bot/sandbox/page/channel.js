// The channel: its messages, each with its thread below it, and the place to write.
import { announce } from "./announce.js";
import { composer } from "./composer.js";
import { h, keep } from "./dom.js";
import { makeRow, showMessage, spoken } from "./message.js";
import { drafts, on, state, titleOf } from "./state.js";

const NEAR_END_PX = 120;
const EMPTY = (channel) => {
  if (channel === drafts())
    return "Write what should be tweeted, as you would write to a colleague. Countersign answers in its thread.";
  return channel?.startsWith("D")
    ? "What Countersign has to say to you alone, it says here or in the thread of your draft."
    : "Just talk: only messages in the drafts channel become drafts.";
};
let list;
let scroller;
let fresh;
let empty;
let seen = { where: null, until: "" };

/** Builds the column and follows the messages. */
export function showChannel(place) {
  list = h("ol", { class: "messages" });
  empty = h("div", { class: "empty" }, h("h3", {}, "Nothing here yet"), h("p"));
  fresh = h(
    "button",
    { type: "button", class: "fresh", hidden: true, onclick: toEnd },
    "↓ New messages",
  );
  scroller = h("div", { class: "scroller", tabindex: "0", "aria-label": "Messages" }, empty, list);
  scroller.addEventListener("scroll", () => atEnd() && (fresh.hidden = true));
  const name = h("h2", { id: "channel-name" });
  const writing = composer({ id: "composer", label: "Write a message, or /tweet" });
  place.replaceChildren(h("div", { class: "title" }, name), scroller, fresh, writing);
  on(["messages", "me", "app"], redraw);
  document.addEventListener("time", redraw);
  on(["channel"], () => (name.textContent = titleOf(state.channel)));
}

const atEnd = () =>
  scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PX;

function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  fresh.hidden = true;
}

function redraw() {
  const messages = state.messages ?? [];
  const stay = !atEnd();
  const moved = seen.where !== state.channel;
  const news = unseen(messages);
  keep(
    list,
    threads(messages),
    ({ parent }) => `${state.channel} ${parent.ts}`,
    makeThread,
    showThread,
  );
  scroller.setAttribute("aria-busy", String(state.messages === null));
  empty.hidden = state.messages?.length !== 0;
  empty.lastElementChild.textContent = EMPTY(state.channel);
  for (const message of news) if (message.user !== state.me) announce(spoken(message));
  if (!stay || moved || news.some(({ user }) => user === state.me)) toEnd();
  else if (news.length) fresh.hidden = false;
}

/** Messages newer than what was shown; none when the channel is shown for the first time. */
function unseen(messages) {
  const news = seen.where === state.channel ? messages.filter(({ ts }) => ts > seen.until) : [];
  const newest = messages.reduce((most, { ts }) => (ts > most ? ts : most), "");
  seen = { where: state.messages && state.channel, until: newest };
  return news;
}

/** Messages by thread: `{parent, replies}`, a reply without its parent standing alone. */
function threads(messages) {
  const byTs = new Map();
  for (const message of messages) {
    const parent = message.thread_ts !== message.ts && byTs.get(message.thread_ts);
    if (parent) parent.replies.push(message);
    else byTs.set(message.ts, { parent: message, replies: [] });
  }
  return [...byTs.values()];
}

function makeThread({ parent }) {
  const node = h("li", { class: "thread" });
  node.row = makeRow(parent, () => openReply(node));
  node.count = h("button", {
    type: "button",
    class: "bare count",
    "aria-expanded": "true",
    onclick: () => fold(node),
  });
  node.replies = h("ol", { class: "replies" });
  node.place = h("div", { class: "reply-place" });
  node.below = h("div", { class: "below", hidden: true }, node.count, node.replies, node.place);
  node.append(node.row, node.below);
  shutReply(node);
  return node;
}

function showThread(node, { parent, replies }) {
  showMessage(node.row, parent);
  node.answers = replies.length;
  keep(
    node.replies,
    replies,
    ({ ts }) => ts,
    (reply) => h("li", {}, makeRow(reply)),
    (line, reply) => showMessage(line.firstElementChild, reply),
  );
  nameFold(node);
}

function nameFold(node) {
  const { answers, count } = node;
  node.below.hidden = answers === 0 && !node.writing;
  count.hidden = answers === 0;
  count.textContent = `${node.replies.hidden ? "Show" : "Hide"} ${answers} ${answers === 1 ? "reply" : "replies"}`;
}

function fold(node, hide = !node.replies.hidden) {
  node.replies.hidden = hide;
  node.place.hidden = hide;
  node.count.setAttribute("aria-expanded", String(!hide));
  nameFold(node);
}

/** The place to write a reply: a slim button until it is wanted. */
function shutReply(node) {
  const hadFocus = node.place.contains(document.activeElement);
  node.writing = false;
  const open = h(
    "button",
    { type: "button", class: "bare reply", onclick: () => openReply(node) },
    "Reply in this thread",
  );
  node.place.replaceChildren(open);
  if (hadFocus) open.focus();
}

function openReply(node) {
  if (!node.writing) {
    const left = () => (shutReply(node), nameFold(node));
    node.place.replaceChildren(
      composer({ label: "Reply in this thread", threadTs: node.row.message.ts, left }),
    );
    node.writing = true;
  }
  fold(node, false);
  node.place.firstElementChild.focusBox();
}
