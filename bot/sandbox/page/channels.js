// The list of channels, and one's direct messages with the bot; a mark where something is new.
import { h } from "./dom.js";
import { direct, HOME, on, set, state, titleOf } from "./state.js";

/** Shows the list and follows which one is open and which have news. */
export function showChannels(place) {
  const rows = state.world.channels.map(({ id }) => row(() => id));
  const own = [row(() => HOME), row(() => direct(state.me))];
  const app = h("h2", {}, state.world.app.name);
  place.replaceChildren(h("h2", {}, "Channels"), ...rows, app, ...own);
  const redraw = () => [...rows, ...own].forEach(show);
  on(["me", "channel", "unread"], redraw);
}

function row(idOf) {
  const button = h("button", { type: "button", class: "bare channel-name" });
  button.addEventListener("click", () => open(idOf()));
  return Object.assign(button, { idOf });
}

function show(button) {
  const id = button.idOf();
  const news = state.unread.has(id) && h("span", { class: "news" }, "new");
  button.replaceChildren(titleOf(id), " ", news || "");
  if (id === state.channel) button.setAttribute("aria-current", "true");
  else button.removeAttribute("aria-current");
}

function open(channel) {
  const unread = new Set(state.unread);
  unread.delete(channel);
  set({ channel, unread, messages: null });
}
