// What to do here, for people who never saw Slack.
import { h } from "./dom.js";
import { state } from "./state.js";

const STEPS = (channel) => [
  `Act as one of the staff, and write a draft in #${channel} as you would type a message.`,
  "The bot answers in its thread with a card: what will be public, what was found, who must agree.",
  "Act as the clinician, then as the compliance officer, and press Approve.",
  "Press When and choose a time, or as soon as it is approved: then the tweet appears on X.",
];

/** The steps as a numbered list. */
export const steps = () =>
  h(
    "ol",
    { class: "steps" },
    STEPS(state.world.channels[0].name).map((step) => h("li", {}, step)),
  );

/** The guide that stays at hand. */
export function showGuide(place) {
  place.append(h("details", { class: "guide" }, h("summary", {}, "How this works"), steps()));
}
