// The bot's Home tab, as the acting person sees it.
import * as api from "./api.js";
import { tried } from "./announce.js";
import { showBlocks } from "./blocks.js";
import { h } from "./dom.js";
import { HOME, load, on, state, zone } from "./state.js";
import { today } from "./times.js";

/** Builds the part and follows the view; it stands in the channel's place while it is open. */
export function showHome(place) {
  const body = h("div", { class: "body" });
  const empty = h("p", { class: "empty" }, "Countersign shows nothing here yet.");
  const title = h("div", { class: "title" }, h("h2", { id: "home-name" }, "Home"));
  place.replaceChildren(
    title,
    h("div", { class: "scroller", tabindex: "0", "aria-label": "Home" }, empty, body),
  );
  const redraw = () => {
    const { home } = state;
    const act = (action) => api.act({ user: state.me, view_id: home.id, ...action });
    showBlocks(body, home?.blocks ?? [], { act }, state.me + zone() + today(zone()) + home?.id);
    empty.hidden = Boolean(home);
  };
  on(["home"], redraw);
  document.addEventListener("time", redraw);
  on(["channel"], () => {
    place.hidden = state.channel !== HOME;
    document.getElementById("channel").hidden = !place.hidden;
  });
}

/** Opening the tab tells the bot, which may draw it anew. */
export async function openHome() {
  if (state.channel !== HOME) return;
  await tried(() => api.openHome(state.me));
  load.home();
}
