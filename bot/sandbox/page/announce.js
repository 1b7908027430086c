// What is said aloud to screen readers, and the short notes that appear and go.
import { h } from "./dom.js";

const NOTE_MS = 8000;
const place = (id) => document.getElementById(id);

/** Says something to screen readers without showing it. */
export function announce(words) {
  const line = h("p", {}, words);
  place("announcer").append(line);
  setTimeout(() => line.remove(), NOTE_MS);
}

/** Shows a note for a while: a refusal, or what went wrong. */
export function note(words) {
  const line = h("p", { class: "toast" }, words);
  line.append(
    h(
      "button",
      { type: "button", class: "bare", "aria-label": "Dismiss", onclick: () => line.remove() },
      "✕",
    ),
  );
  place("toasts").append(line);
  setTimeout(() => line.remove(), NOTE_MS);
}

/** Runs what a person asked for; a failure becomes a note, and the answer is undefined. */
export async function tried(doing) {
  try {
    return await doing();
  } catch (refused) {
    note(refused.message);
    return undefined;
  }
}
