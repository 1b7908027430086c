// What could go wrong: the most useful faults of X and Slack, as switches.
import * as api from "./api.js";
import { tried } from "./announce.js";
import { SLACK, TO_THE_SOCKET, X } from "./breakages.js";
import { sure } from "./confirm.js";
import { did } from "./deeds.js";
import { freshId, h } from "./dom.js";
import { load, loadAll, on, set, state } from "./state.js";
import { showTraffic } from "./status.js";

const SWITCHES = [...X, ...SLACK];
const LOOK_AGAIN_MS = 2000; // while X's next answer is spoilt: taking it may change nothing else

const valueOf = ({ side, knob }) => {
  const known = state.faults[side]?.[knob];
  return known && typeof known === "object" && "value" in known ? known.value : known;
};

const isOn = (one) => {
  const value = valueOf(one);
  if (value === undefined) return false;
  return one.arm ? value.includes(one.arm) : value !== one.off;
};

/** Builds the panel and follows the knobs. */
export function showFaults(place) {
  const rows = SWITCHES.map(row);
  const calls = TO_THE_SOCKET.map(([how, label]) =>
    h("button", { type: "button", onclick: () => tried(() => api.breakSocket(how)) }, label),
  );
  const armed = h("span", { class: "armed", role: "status" });
  const dangerous = { type: "button", class: "danger", onclick: startAgain };
  const again = h("button", dangerous, "Start again");
  const inner = h(
    "div",
    { class: "inner", id: "faults-inner" },
    group("X", rows.slice(0, X.length)),
    group("Slack", rows.slice(X.length)),
    h("div", { class: "buttons" }, calls, again),
  );
  const name = h("h2", { id: "faults-name" }, "What could go wrong");
  place.replaceChildren(h("div", { class: "title" }, name, armed, folding(inner)), inner);
  on(["faults"], () => {
    for (const { one, box } of rows) if (!box.turning) box.checked = isOn(one);
    const count = SWITCHES.filter(isOn).length;
    armed.textContent = count ? `${count} on` : "";
  });
  setInterval(() => SWITCHES.some((one) => one.arm && isOn(one)) && load.faults(), LOOK_AGAIN_MS);
  showTraffic(inner);
}

function group(name, rows) {
  const id = freshId();
  const heading = h("h3", { id }, name);
  const nodes = rows.map(({ node }) => node);
  return h("div", { class: "switches", role: "group", "aria-labelledby": id }, heading, nodes);
}

/** On a wide screen the panel is folded away until somebody wants it. */
function folding(inner) {
  const button = h(
    "button",
    { type: "button", class: "bare fold", "aria-controls": inner.id, "aria-expanded": "false" },
    "Show",
  );
  const unfold = (open) => {
    inner.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "Hide" : "Show";
  };
  button.addEventListener("click", () => unfold(!inner.classList.contains("open")));
  document.addEventListener("unfold", () => {
    unfold(true);
    inner.querySelector("input").focus();
  });
  return button;
}

function row(one) {
  const about = freshId();
  const box = h("input", { type: "checkbox", role: "switch", "aria-describedby": about });
  box.addEventListener("change", () => turn(one, box));
  const then = h("span", { class: "then" }, one.then);
  const words = h("small", { id: about }, `${one.why} `, then);
  const label = h("span", {}, h("b", {}, one.label));
  const node = h("div", { class: "switch" }, h("label", {}, box, label), words);
  return { one, box, node };
}

/** Turns a knob; what the sandbox said before it knew of this must not turn the switch back meanwhile. */
async function turn(one, box) {
  box.turning = true;
  const now = valueOf(one);
  const armed = one.arm && [
    ...(now ?? []).filter((name) => name !== one.arm),
    ...(box.checked ? [one.arm] : []),
  ];
  const value = armed || (box.checked ? one.on : one.off);
  const faults = await tried(() => api.setFaults({ [one.side]: { [one.knob]: value } }));
  box.turning = false;
  if (faults && box.checked && one.socket) await tried(() => api.breakSocket(one.socket));
  if (faults) set({ faults });
  else box.checked = isOn(one);
}

async function startAgain() {
  if (
    !(await sure(
      "Start again?",
      "Every message and tweet of the sandbox goes, and every fault is switched off. The bot keeps what it knows.",
      "Start again",
    ))
  )
    return;
  if (!(await tried(api.reset))) return;
  did({ kind: "start again" });
  loadAll();
}
