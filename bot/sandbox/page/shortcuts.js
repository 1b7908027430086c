// The app's shortcuts: those that work everywhere stand beside the composer, the others on each message.
import * as api from "./api.js";
import { note, tried } from "./announce.js";
import { h } from "./dom.js";
import { on, state } from "./state.js";

const of = (type) => state.app.shortcuts.filter((one) => one.type === type);

/** The shortcuts of a message, as `[name, run]`. */
export const onMessage = ({ ts }) =>
  of("message").map((one) => [one.name, () => use(one, { channel: state.channel, ts })]);

/** Buttons of the shortcuts that work everywhere; nothing is shown where the app has none. */
export function showShortcuts() {
  const place = h("div", { class: "shortcuts", role: "group", "aria-label": "Shortcuts" });
  const redraw = () => {
    const buttons = of("global").map((one) => {
      const about = { type: "button", class: "bare", title: one.description };
      return h("button", { ...about, onclick: () => use(one, {}) }, `⚡ ${one.name}`);
    });
    place.replaceChildren(...buttons);
    place.hidden = buttons.length === 0;
  };
  on(["app"], redraw);
  redraw();
  return place;
}

async function use({ callback_id, name }, where) {
  const answer = await tried(() => api.shortcut({ user: state.me, callback_id, ...where }));
  if (answer && !answer.acked) note(`${name}: ${answer.error}`);
}
