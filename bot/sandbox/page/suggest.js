// Slash commands are completed while they are typed: arrows choose, Tab or Enter takes, Escape leaves.
import { announce } from "./announce.js";
import { freshId, h } from "./dom.js";
import { on, state } from "./state.js";

const PLACEHOLDER = /[[<_]|^[A-Z…]/; // what the person fills in, in a usage hint: `[reason]`, `N`, `<when>`

/** Every way to begin: the command, and each alternative of its usage hint. */
function known() {
  return state.app.commands.flatMap(({ command, description, usage_hint: hint }) => {
    const ways = (hint ?? "").split("|").map((way) => way.trim());
    return ways.map((way) => ({ ...split(command, way), description: ways.length < 2 && description }));
  });
}

/** `/tweet pause [reason]` as what is typed and what the person adds to it. */
function split(command, way) {
  const words = way.split(" ");
  const first = words.findIndex((word) => PLACEHOLDER.test(word));
  const literal = first < 0 ? words : words.slice(0, first);
  const rest = first < 0 ? "" : words.slice(first).join(" ");
  return { typed: [command, ...literal].join(" ").trim(), rest };
}

const fitting = (text) =>
  text.startsWith("/") ? known().filter(({ typed }) => typed.startsWith(text.trimEnd())) : [];

/** Completes commands in `box`; answers the list, to be placed beside it. */
export function suggesting(box) {
  const id = freshId();
  const list = h("ul", { class: "suggestions", id, role: "listbox", "aria-label": "Commands", hidden: true });
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", id);
  let chosen = -1;

  const show = (found) => {
    const before = list.children.length;
    chosen = -1;
    list.replaceChildren(...found.map((one, place) => option(one, `${id}-${place}`, take)));
    list.hidden = found.length === 0;
    mark();
    if (found.length && found.length !== before)
      announce(`${found.length} commands. Arrow keys choose one.`);
  };
  const mark = () => {
    for (const [place, node] of [...list.children].entries())
      node.setAttribute("aria-selected", String(place === chosen));
    if (chosen < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", list.children[chosen].id);
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
  };
  const take = ({ typed, rest }) => {
    box.value = rest ? `${typed} ` : typed;
    show([]);
    box.focus();
  };
  const look = () => {
    const found = fitting(box.value);
    show(found.length === 1 && found[0].typed === box.value.trimEnd() ? [] : found);
  };

  box.addEventListener("input", look);
  box.addEventListener("blur", () => show([]));
  box.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (!count || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) chosen = (chosen + step + (chosen < 0 && step < 0 ? 1 : 0) + count) % count;
    else if (event.key === "Escape") show([]);
    else if (event.key === "Tab" && !event.shiftKey) take(list.children[Math.max(chosen, 0)].way);
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen].way);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    mark();
  });
  on(["app"], () => document.activeElement === box && look());
  return list;
}

function option(way, id, take) {
  const node = h(
    "li",
    { id, role: "option", "aria-selected": "false" },
    h("span", {}, h("b", {}, way.typed), way.rest && ` ${way.rest}`),
    way.description && h("small", {}, way.description),
  );
  node.addEventListener("mousedown", (event) => (event.preventDefault(), take(way)));
  return Object.assign(node, { way });
}
