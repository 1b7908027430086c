// Who is who: faces, names, and the switch that says as whom one acts.
import { h } from "./dom.js";
import { direct, person, set, state } from "./state.js";

const TITLES = /^(dr|prof|mr|mrs|ms|mx)\.?$/i;

const initials = (name) => {
  const parts = name.split(/\s+/).filter((part) => !TITLES.test(part));
  return [parts[0], parts.length > 1 ? parts.at(-1) : ""].map((part) => part?.[0] ?? "").join("");
};

/** A coloured square with initials; the bot has a mark of its own. */
export function face(id, isBot = false) {
  if (isBot) return h("span", { class: "face bot", "aria-hidden": "true" }, "✓");
  const one = person(id);
  const node = h("span", { class: "face", "aria-hidden": "true" }, initials(one?.real_name ?? id));
  if (one?.color) node.style.setProperty("--tint", `#${one.color.replace("#", "")}`);
  return node;
}

/** A person's or the bot's name, for people. */
export function nameOf(id, isBot = false) {
  const { app } = state.world;
  if (isBot || id === app.user_id) return app.name ?? "The bot";
  return person(id)?.real_name ?? id;
}

/** The radio group of people; the choice is kept for this window. */
export function showPeople(place) {
  const shown = state.world.people.filter(({ id }) => !id.startsWith("U0CROWD"));
  const rows = shown.map((one) => {
    const choice = h("input", {
      type: "radio",
      name: "me",
      value: one.id,
      checked: one.id === state.me,
    });
    choice.addEventListener("change", () => become(one.id));
    const names = h(
      "span",
      { class: "names" },
      h("b", {}, one.real_name),
      h("small", {}, `${one.role} · ${city(one.tz)}`),
    );
    return h("label", { class: "person", title: `${one.real_name}, ${one.role}` }, choice, face(one.id), names);
  });
  place.replaceChildren(h("fieldset", { class: "people" }, h("legend", {}, "Act as"), rows));
}

const city = (zone) => zone.split("/").at(-1).replace("_", " ");

/** From now on one acts as that person. */
export function become(id) {
  sessionStorage.setItem("me", id);
  for (const radio of document.getElementsByName("me")) radio.checked = radio.value === id;
  const messages = state.messages?.filter(({ ephemeral }) => !ephemeral) ?? null;
  if (state.channel === direct(state.me))
    set({ me: id, views: [], channel: direct(id), messages: null });
  else set({ me: id, views: [], messages });
}
