// The strip that says whether the bot is connected, and the last traffic between it and Slack.
import { tried } from "./announce.js";
import * as api from "./api.js";
import { h, keep } from "./dom.js";
import { on, state } from "./state.js";

const LOOK_AGAIN_MS = 2000; // while the traffic is looked at: calls alone change nothing that the stream would tell
const SHOWN = 14;
const MOODS = {
  gone: "The sandbox does not answer. Trying again…",
  away: "The bot is not connected",
  here: "The bot is connected",
};

/** Builds the strip and follows the connection. */
export function showStatus(place) {
  const words = h("span");
  place.append(h("span", { class: "lamp", "aria-hidden": "true" }), words);
  const redraw = () => {
    if (state.alive && state.sockets === null) return;
    const mood = !state.alive ? "gone" : state.sockets ? "here" : "away";
    if (place.dataset.mood === mood) return;
    place.dataset.mood = mood;
    words.textContent = MOODS[mood];
  };
  on(["sockets", "alive"], redraw);
}

/** The last calls and envelopes, newest first, for as long as somebody looks. */
export function showTraffic(place) {
  const list = h("ol", { class: "traffic" });
  const box = h("details", {}, h("summary", {}, "Between Slack and the bot"), list);
  const look = async () => {
    const traffic = box.open && !document.hidden && state.alive && (await tried(api.traffic));
    if (traffic) keep(list, lately(traffic), ({ key }) => key, line);
  };
  box.addEventListener("toggle", look);
  setInterval(look, LOOK_AGAIN_MS);
  place.append(box);
}

const line = ({ words, bad }) => h("li", { class: bad ? "bad" : "" }, words);

function lately({ calls, envelopes }) {
  const lines = [...calls.map(ofCall), ...envelopes.map(ofEnvelope)];
  return lines.sort((one, other) => other.at - one.at).slice(0, SHOWN);
}

function ofCall({ at, method, ok, error }) {
  return {
    at,
    key: `${at} ${method}`,
    bad: !ok,
    words: `→ ${method}${ok ? "" : ` · ${error ?? "failed"}`}`,
  };
}

function ofEnvelope({ id, what, type, sent, acked_at: acked }) {
  const times = sent.length > 1 ? ` · sent ${sent.length} times` : "";
  const words = `← ${what ?? type}${times}${acked ? "" : " · not acknowledged"}`;
  return { at: sent.at(-1) ?? 0, key: `${id} ${words}`, bad: !acked, words };
}
