// A tour of five steps that goes on by what the person really does, in whatever order they do it.
import { announce } from "./announce.js";
import { onDeed } from "./deeds.js";
import { h } from "./dom.js";
import { become } from "./people.js";
import { drafts, on, person, set, state } from "./state.js";
import { ahead, ENDING, STEPS } from "./steps.js";
import { showTab } from "./tabs.js";

const KEPT = "tour";
const FRESH = { at: 0, ts: null, approvers: [], open: true };
let tour = FRESH;
let place;
let back = true; // the sandbox is there again, and may be another one than the tour began in

/** Builds the tour and follows what people do and what comes of it. */
export function showTour(element) {
  place = element;
  tour = { ...FRESH, ...JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") };
  place.hidden = false;
  onDeed(follow);
  on(["alive"], () => (back ||= !state.alive));
  on(["messages"], look);
  on(["me"], redraw);
  redraw();
}

function look() {
  if (state.messages === null || state.channel !== drafts()) return;
  const gone = tour.ts && !state.messages.some(({ ts }) => ts === tour.ts);
  if (back && gone) change({ ...FRESH, open: tour.open });
  back = false;
  follow({ kind: "look" });
}

function follow(deed) {
  if (deed.kind === "start again") return change({ ...FRESH, open: tour.open });
  const next = ahead(tour, deed);
  if (!next) return undefined;
  const forward = next.at !== tour.at;
  change(next);
  if (forward && tour.open) announce(spoken());
  return undefined;
}

const spoken = () =>
  tour.at < STEPS.length
    ? `Tour, step ${tour.at + 1} of ${STEPS.length}: ${STEPS[tour.at].title}.`
    : `The tour is done. ${ENDING.title}.`;

function change(next) {
  tour = { ...tour, ...next };
  sessionStorage.setItem(KEPT, JSON.stringify(tour));
  redraw();
}

function redraw() {
  const had = place.contains(document.activeElement) && document.activeElement.dataset.act;
  const done = tour.at >= STEPS.length;
  const count = done ? "done" : `${tour.at + 1} of ${STEPS.length}`;
  const fold = h(
    "button",
    {
      type: "button",
      class: "bare fold",
      "aria-expanded": String(tour.open),
      data: { act: "fold" },
      onclick: () => change({ open: !tour.open }),
    },
    tour.open ? "Hide" : "Show",
  );
  const name = h("h2", { id: "tour-name" }, "Tour ", h("small", {}, count));
  place.replaceChildren(h("div", { class: "tour-head" }, name, fold));
  if (tour.open) place.append(h("ol", { class: "steps" }, STEPS.map(line)), done ? ending() : "");
  if (had) (place.querySelector(`[data-act="${had}"]`) ?? fold).focus();
}

function line(step, number) {
  const state = number < tour.at ? "done" : number === tour.at ? "now" : "ahead";
  const told = state === "done" && h("span", { class: "unseen" }, " (done)");
  const current = state === "now" ? "step" : null;
  const body = state === "now" && [h("p", {}, step.what), button(step)];
  return h(
    "li",
    { class: state, "aria-current": current, data: { number: number + 1 } },
    h("span", { class: "step-title" }, step.title, told),
    body,
  );
}

/** The button that brings the person to where the step is done. */
function button(step) {
  const who = step.who(tour);
  const label = step.label ?? (who === state.me ? "Show me where" : `Be ${person(who).real_name}`);
  return h(
    "button",
    { type: "button", data: { act: "go" }, onclick: () => go(step, who) },
    label,
  );
}

function go(step, who) {
  if (who !== state.me) become(who);
  if (state.channel !== drafts()) set({ channel: drafts(), messages: null });
  showTab("channel");
  step.prepare?.();
  requestAnimationFrame(() => lead(step.where(tour)));
}

/** The focus goes where the next thing is to be done. */
function lead(node) {
  const target = node ?? document.getElementById("composer");
  target.scrollIntoView({ block: "nearest" });
  target.focus();
  target.classList.add("lit");
  target.addEventListener("blur", () => target.classList.remove("lit"), { once: true });
}

const ending = () =>
  h(
    "div",
    { class: "ending" },
    h("p", {}, h("b", {}, ENDING.title), ". ", ENDING.what),
    h(
      "button",
      { type: "button", data: { act: "go" }, onclick: () => showTab("faults") },
      "What could go wrong",
    ),
    h(
      "button",
      { type: "button", class: "bare", onclick: () => change({ ...FRESH }) },
      "Tour again",
    ),
  );
