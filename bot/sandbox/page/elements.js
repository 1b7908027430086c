// What can be pressed or chosen inside a message or view: it acts at once, and says so when the bot did not answer.
import { agreed } from "./confirm.js";
import { did } from "./deeds.js";
import { h } from "./dom.js";
import { makeField } from "./fields.js";
import { text, words } from "./mrkdwn.js";
import { unknown } from "./richtext.js";
import { state } from "./state.js";

const AT_ONCE = new Set([
  "static_select",
  "users_select",
  "channels_select",
  "conversations_select",
  "radio_buttons",
  "checkboxes",
]);
const NO_ANSWER = "Countersign did not answer in time. Try again.";

/** An element of a section or actions block. `context.act({action_id, block_id, value})` asks the sandbox. */
export function element(thing, block, context) {
  switch (thing.type) {
    case "button":
      return button(thing, block, context);
    case "overflow":
      return overflow(thing, block, context);
    case "workflow_button":
      return unknown(thing);
    default:
      return valued(thing, block, context);
  }
}

function button(thing, block, context) {
  const node = h(
    thing.url ? "a" : "button",
    {
      type: thing.url ? null : "button",
      class: `button ${["primary", "danger"].includes(thing.style) ? thing.style : ""}`,
      "aria-label": thing.accessibility_label,
      data: { action: thing.action_id ?? "" },
      onclick: () => act(node, thing, block, context),
    },
    text(thing.text),
  );
  if (thing.url?.match(/^https?:/))
    Object.assign(node, { href: thing.url, target: "_blank", rel: "noopener noreferrer" });
  return node;
}

/** "More" choices behind three dots. */
function overflow(thing, block, context) {
  const box = h("details", { class: "overflow", data: { action: thing.action_id ?? "" } });
  const shut = () => {
    box.open = false;
    box.firstElementChild.focus();
  };
  const choose = (value) => {
    shut();
    act(box, thing, block, context, value);
  };
  const options = thing.options.map((one) =>
    h(
      "button",
      { type: "button", class: "bare", onclick: () => choose(one.value) },
      text(one.text),
    ),
  );
  box.append(
    h("summary", { "aria-label": "More actions" }, "⋯"),
    h("div", { class: "menu" }, options),
  );
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.stopPropagation();
    event.preventDefault();
    shut();
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) box.open = false;
  });
  return box;
}

/** A select acts when chosen; a date or a text acts with its "Set" button, so that typing it is no action yet. */
function valued(thing, block, context) {
  const field = makeField(thing);
  if (!field) return unknown(thing);
  const label = words(thing.placeholder) || thing.accessibility_label || "Choose";
  (field.group ? field.node : field.control).setAttribute("aria-label", label);
  if (field.group) field.node.setAttribute("role", "group");
  const node = h("span", { class: "valued" }, field.node);
  const send = () => act(node, thing, block, context, field.read());
  if (AT_ONCE.has(thing.type) || thing.type.startsWith("multi_"))
    field.node.addEventListener("change", send);
  else node.append(h("button", { type: "button", onclick: send }, "Set"));
  node.field = field;
  return node;
}

/** One action: asks first where Slack would, is busy meanwhile, and shows what went wrong. */
export async function act(node, thing, block, context, value) {
  if (node.getAttribute("aria-busy") === "true") return;
  if (thing.confirm && !(await agreed(thing.confirm))) return;
  node.setAttribute("aria-busy", "true");
  const answer = await context
    .act({
      action_id: thing.action_id,
      block_id: block.block_id,
      ...(value === undefined ? {} : { value }),
    })
    .catch((refused) => ({ acked: false, error: refused.message }));
  node.removeAttribute("aria-busy");
  if (answer.acked) did({ kind: "act", action: thing.action_id, user: state.me });
  trouble(node, answer.acked && !answer.error ? null : answer.error || NO_ANSWER);
}

/** The words under the block of `node` about its last action; null takes them away. */
function trouble(node, words) {
  const holder = node.closest(".block");
  holder?.querySelector(":scope > .trouble")?.remove();
  if (words) holder?.append(h("p", { class: "trouble", role: "alert" }, `⚠ ${words}`));
}
