// What could go wrong: the most useful faults of X and Slack, as switches.
import * as api from "./api.js";
import { tried } from "./announce.js";
import { sure } from "./confirm.js";
import { h } from "./dom.js";
import { load, loadAll, on, set, state } from "./state.js";
import { showTraffic } from "./status.js";

const LAG_S = 60;
const SLOW_S = 2;

const SWITCHES = [
  {
    side: "x",
    knob: "down",
    on: true,
    off: false,
    label: "X is down",
    why: "Nothing answers; nothing is tweeted.",
  },
  {
    side: "x",
    knob: "next",
    arm: "reset_after",
    label: "Lose X's next answer",
    why: "The tweet goes out, and the bot does not hear of it.",
  },
  {
    side: "x",
    knob: "next",
    arm: "503_before",
    label: "X refuses the next call",
    why: "503: nothing was tweeted.",
  },
  {
    side: "x",
    knob: "timeline_lag_s",
    on: LAG_S,
    off: 0,
    label: "X's timeline lags",
    why: "A tweet is seen a minute after it is made.",
  },
  {
    side: "slack",
    knob: "api_down",
    on: true,
    off: false,
    label: "Slack's API is down",
    why: "The bot cannot write or redraw anything.",
  },
  {
    side: "slack",
    knob: "api_delay_s",
    on: SLOW_S,
    off: 0,
    label: "Slack's API is slow",
    why: "Every call takes two seconds more.",
  },
  {
    side: "slack",
    knob: "drop_ack",
    on: 1,
    off: 0,
    label: "Slack misses every ack",
    why: "Messages come again; clicks seem to fail.",
  },
];

const LOOK_AGAIN_MS = 2000; // while X's next answer is spoilt: taking it may change nothing else

const SOCKET = [
  ["disconnect", "Ask the bot to reconnect"],
  ["reset", "Cut the bot's connection"],
];

const valueOf = ({ side, knob }) => {
  const known = state.faults[side]?.[knob];
  return known && typeof known === "object" && "value" in known ? known.value : known;
};

const isOn = (one) => {
  const value = valueOf(one);
  return one.arm ? Boolean(value?.includes(one.arm)) : Boolean(value);
};

/** Builds the panel and follows the knobs. */
export function showFaults(place) {
  const rows = SWITCHES.map(row);
  const calls = SOCKET.map(([how, label]) =>
    h("button", { type: "button", onclick: () => tried(() => api.breakSocket(how)) }, label),
  );
  const armed = h("span", { class: "armed", role: "status" });
  const dangerous = { type: "button", class: "danger", onclick: startAgain };
  const again = h("button", dangerous, "Start again");
  const inner = h(
    "div",
    { class: "inner", id: "faults-inner" },
    rows.map(({ node }) => node),
    h("div", { class: "buttons" }, calls, again),
  );
  const name = h("h2", { id: "faults-name" }, "What could go wrong");
  place.replaceChildren(h("div", { class: "title" }, name, armed, folding(inner)), inner);
  on(["faults"], () => {
    for (const { one, box } of rows) box.checked = isOn(one);
    const count = SWITCHES.filter(isOn).length;
    armed.textContent = count ? `${count} on` : "";
  });
  setInterval(() => SWITCHES.some((one) => one.arm && isOn(one)) && load.faults(), LOOK_AGAIN_MS);
  showTraffic(inner);
}

/** On a wide screen the panel is folded away until somebody wants it. */
function folding(inner) {
  const button = h(
    "button",
    { type: "button", class: "bare fold", "aria-controls": inner.id, "aria-expanded": "false" },
    "Show",
  );
  button.addEventListener("click", () => {
    const open = inner.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "Hide" : "Show";
  });
  return button;
}

function row(one) {
  const box = h("input", { type: "checkbox", role: "switch" });
  box.addEventListener("change", () => turn(one, box));
  const node = h(
    "label",
    { class: "switch" },
    box,
    h("span", {}, h("b", {}, one.label), h("small", {}, one.why)),
  );
  return { one, box, node };
}

async function turn(one, box) {
  const now = valueOf(one);
  const armed = one.arm && [
    ...(now ?? []).filter((name) => name !== one.arm),
    ...(box.checked ? [one.arm] : []),
  ];
  const value = armed || (box.checked ? one.on : one.off);
  const faults = await tried(() => api.setFaults({ [one.side]: { [one.knob]: value } }));
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
  if (await tried(api.reset)) loadAll();
}
