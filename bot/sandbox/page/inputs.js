// Input blocks: a label, a field, a hint, and what is wrong with the value.
import { act } from "./elements.js";
import { freshId, h } from "./dom.js";
import { makeField } from "./fields.js";
import { text, words } from "./mrkdwn.js";
import { unknown } from "./richtext.js";

const MISSING = "Please fill this in.";

/** An input block; the node has `field` (its value) and `fail(words)` (shows an error, or takes it away). */
export function input(block, context) {
  const field = makeField(block.element);
  if (!field) return unknown(block);
  const hint = h("small", { class: "hint", id: freshId() }, text(block.hint));
  const error = h("p", { class: "error", id: freshId(), hidden: true });
  const parts = [field.node, block.hint && hint, error];
  const node = field.group ? grouped(block, parts) : labelled(block, field, parts);
  const described = field.group ? node : field.control;
  described.setAttribute("aria-describedby", `${block.hint ? `${hint.id} ` : ""}${error.id}`);
  if (block.dispatch_action) dispatching(block, field, node, context);
  return Object.assign(node, { field, fail: failing(error, described) });
}

const mark = (block) => block.optional && h("span", { class: "optional" }, " (optional)");

const grouped = (block, parts) =>
  h("fieldset", { class: "input" }, h("legend", {}, text(block.label), mark(block)), parts);

const labelled = (block, field, parts) =>
  h(
    "div",
    { class: "input" },
    h("label", { for: field.control.id }, text(block.label), mark(block)),
    parts,
  );

const failing = (error, described) => (words) => {
  error.textContent = words ?? "";
  error.hidden = !words;
  described.toggleAttribute("aria-invalid", Boolean(words));
  if (words) described.setAttribute("aria-invalid", "true");
};

function dispatching(block, field, node, context) {
  const send = () => act(node, block.element, block, context, field.read());
  const texts = block.element.type.endsWith("_input");
  if (!texts) field.node.addEventListener("change", send);
  else
    field.control.addEventListener(
      "keydown",
      (event) => event.key === "Enter" && !event.isComposing && send(),
    );
}

/** What Slack itself would say of a value before it asks the bot; null when nothing is wrong. */
export function wrong(block, value) {
  const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty) return block.optional ? null : MISSING;
  const { type, min_length: least, min_value: low, max_value: high } = block.element;
  if (least && value.length < least) return `Please write at least ${least} characters.`;
  if (type === "url_text_input" && !URL.canParse(value))
    return "Please enter a whole address, such as https://example.org.";
  if (type !== "number_input") return null;
  if (!/^-?\d+(\.\d+)?$/.test(value)) return "Please enter a number.";
  if (low !== undefined && Number(value) < Number(low)) return `Please enter ${low} or more.`;
  if (high !== undefined && Number(value) > Number(high)) return `Please enter ${high} or less.`;
  return null;
}

/** The label of an input block, in words. */
export const labelOf = (block) => words(block.label);
