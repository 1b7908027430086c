// The address of a message leads to it on this page: its channel is opened, and it has the focus.
import { on, set, state } from "./state.js";

const MESSAGE = /^#message-(\w+)-([\d.]+)$/;
let wanted = null; // the message that is looked for, until its channel is shown

/** Follows links to messages; `dom.js` makes them of Slack's addresses. */
export function followPermalinks() {
  addEventListener("hashchange", go);
  addEventListener("click", ({ target }) => {
    if (target.closest("a")?.hash === location.hash) go(); // the same link again
  });
  on(["messages"], show);
}

function go() {
  const [, channel, ts] = MESSAGE.exec(location.hash) ?? [];
  if (!ts) return;
  wanted = ts;
  if (channel === state.channel) show();
  else set({ channel, messages: null });
}

function show() {
  const row = wanted && state.messages && document.querySelector(`[data-ts="${wanted}"]`);
  if (!row) return;
  wanted = null;
  row.scrollIntoView({ block: "center" });
  row.focus({ preventScroll: true });
}
