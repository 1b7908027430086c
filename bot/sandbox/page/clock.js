// The time of the sandbox: shown at the top, and moved ahead for Slack, X and the bot together.
import { announce, tried } from "./announce.js";
import * as api from "./api.js";
import { h } from "./dom.js";
import { load, on, set, state, zone } from "./state.js";
import { clock, full, moment, morning, moveAhead, now } from "./times.js";

const TICK_MS = 1000;
const [MINUTE_S, HOUR_S, DAY_S] = [60, 3600, 86400];
const MORNING = "08:00";

let box;
let shown;
let time;
let lead;
let whole;
let menu;

/** Builds the clock and follows the time. */
export function showClock(place) {
  time = h("span");
  lead = h("span", { class: "lead" });
  whole = h("b");
  shown = h("summary", {}, h("span", { class: "sign", "aria-hidden": "true" }, "🕑 "), time, lead);
  menu = h("div", { class: "clock-menu" });
  box = h("details", { class: "clock" }, shown, menu);
  box.addEventListener("toggle", () => box.open && load.clock());
  box.addEventListener("keydown", (event) => event.key === "Escape" && shut());
  document.addEventListener("click", ({ target }) => box.contains(target) || (box.open = false));
  place.append(box);
  on(["clock"], follow);
  on(["me"], redraw);
  on(["messages"], () => box.open && load.clock());
  setInterval(tick, TICK_MS);
  redraw();
}

function shut() {
  if (!box.open) return;
  box.open = false;
  shown.focus();
}

function follow() {
  const moved = moveAhead(state.clock.ahead_s);
  redraw();
  if (!moved) return;
  announce(`It is ${full(now(), zone())} in the sandbox.`);
  document.dispatchEvent(new CustomEvent("time"));
}

function tick() {
  const [at, ahead] = [full(now(), zone()), state.clock.ahead_s];
  say(time, `${ahead ? `${at.slice(0, 3)} ` : ""}${clock(now(), zone())}`);
  say(lead, ahead ? ` · ${span(ahead)} ahead` : "");
  say(whole, at);
  shown.title = `The time of the sandbox: ${at}`;
}

function say(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

/** Seconds in words, the two largest units of them. */
function span(seconds) {
  const minutes = Math.round(seconds / MINUTE_S);
  const units = [
    [Math.floor(minutes / 1440), "d"],
    [Math.floor(minutes / 60) % 24, "h"],
    [minutes % 60, "min"],
  ];
  return units
    .filter(([count]) => count)
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

function redraw() {
  const { ahead_s: ahead, moving_to: to, can_move: can } = state.clock;
  tick();
  box.classList.toggle("moved", ahead > 0);
  const had = menu.contains(document.activeElement) && document.activeElement.dataset.act;
  menu.replaceChildren(
    h("p", {}, "Slack, X and the bot go by this clock. ", whole),
    ...(can ? buttons(to, ahead) : [h("p", {}, "Here it cannot be moved: the bot would not follow.")]),
  );
  if (had) (menu.querySelector(`[data-act="${had}"]:not(:disabled)`) ?? shown).focus();
}

function buttons(to, ahead) {
  const { next } = state.clock;
  const early = morning(now(), zone(), MORNING);
  const all = [
    ["quarter", "+15 min", () => api.moveTime({ by_s: 15 * MINUTE_S })],
    ["hour", "+1 h", () => api.moveTime({ by_s: HOUR_S })],
    ["day", "+1 day", () => api.moveTime({ by_s: DAY_S })],
    ["morning", `To ${moment(early, zone())}`, () => api.moveTime({ to: early })],
    next && ["next", `To ${moment(next, zone())}, which a card names`, () => api.moveTime({ to: next })],
  ].filter(Boolean);
  return [
    h("div", { class: "buttons" }, all.map(([act, words, go]) => button(act, words, go, to !== null))),
    to === null
      ? h("p", {}, "On its way it halts at each time that a card names, for the bot to keep it.")
      : h("p", { class: "moving" }, `Moving to ${moment(to, zone())} …`),
    ahead > 0 && button("back", "Back to real time", api.realTime),
    ahead > 0 && h("p", {}, "What happened meanwhile keeps its later times, and what is new comes behind it."),
  ].filter(Boolean);
}

function button(act, words, go, disabled = false) {
  const pressed = async () => {
    const clock = await tried(go);
    if (clock) set({ clock });
  };
  return h("button", { type: "button", disabled, data: { act }, onclick: pressed }, words);
}
