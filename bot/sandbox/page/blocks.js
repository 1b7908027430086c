// Block Kit as nodes, and a redraw that touches only the blocks that changed.
import { h } from "./dom.js";
import { element } from "./elements.js";
import { blockPicture } from "./files.js";
import { input } from "./inputs.js";
import { text, words } from "./mrkdwn.js";
import { richText, unknown } from "./richtext.js";

const DRAW = {
  section,
  header: (block) => h("h3", {}, text(block.text)),
  divider: () => h("hr"),
  context: (block) => h("div", { class: "context" }, block.elements.map(small)),
  actions: (block, context) =>
    h(
      "div",
      { class: "actions" },
      block.elements.map((one) => element(one, block, context)),
    ),
  rich_text: richText,
  markdown: (block) => h("div", { class: "text" }, block.text),
  image,
  input,
};

function draw(block, context) {
  const drawn = drawnOrJson(block, context);
  const node = h("div", { class: "block", data: { kind: block.type } }, drawn);
  return Object.assign(node, { block, fields: fieldsIn(block, drawn), fail: drawn.fail });
}

/** A block that the page cannot draw is shown as its JSON, and its neighbours as ever. */
function drawnOrJson(block, context) {
  try {
    return DRAW[block.type]?.(block, context) ?? unknown(block);
  } catch {
    return unknown(block);
  }
}

function section(block, context) {
  const accessory = block.accessory;
  const beside =
    accessory?.type === "image"
      ? blockPicture(accessory)
      : accessory && element(accessory, block, context);
  return h(
    "div",
    { class: "section" },
    h(
      "div",
      { class: "text" },
      block.text && h("div", {}, text(block.text)),
      block.fields &&
        h(
          "div",
          { class: "fields" },
          block.fields.map((one) => h("div", {}, text(one))),
        ),
    ),
    beside && h("div", { class: "accessory" }, beside),
  );
}

const small = (one) =>
  one.type === "image" ? blockPicture(one) : h("span", {}, text(one));

function image(block) {
  const title = block.title && h("figcaption", {}, words(block.title));
  return h("figure", {}, title, blockPicture(block));
}

/** The fields of a block by action_id: those whose values are the state of a message or view. */
function fieldsIn(block, drawn) {
  if (drawn.field) return new Map([[block.element.action_id, drawn.field]]);
  const holders = [...drawn.querySelectorAll(".valued")].filter((node) => node.field);
  return new Map(holders.map((node) => [node.field.node.dataset.action, node.field]));
}

const keyOf = (block, place) => block.block_id ?? `${block.type}-${place}`;

/**
 * Shows `blocks` in `parent`. A block that is as it was keeps its node; one that changed is drawn anew and takes over
 * what was typed in it and where the focus was. `stamp` says what else the drawing depends on (who looks).
 */
export function showBlocks(parent, blocks, context, stamp = "") {
  const before = new Map([...parent.children].map((node) => [node.blockKey, node]));
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const wasAt = focused && {
    block: focused.closest(".block")?.blockKey,
    action: focused.closest("[data-action]")?.dataset.action,
  };
  const nodes = blocks.map((block, place) => {
    const key = keyOf(block, place);
    const print = JSON.stringify(block) + stamp;
    const old = before.get(key);
    if (old?.print === print) return old;
    const node = Object.assign(draw(block, context), { blockKey: key, print });
    if (old) takeOver(node, old);
    return node;
  });
  settle(parent, nodes);
  if (wasAt && !parent.contains(document.activeElement)) refocus(parent, wasAt);
}

function takeOver(node, old) {
  for (const [action, field] of node.fields) {
    const before = old.fields.get(action);
    if (!before?.touched || before.type !== field.type) continue;
    field.write(before.read());
    field.touched = true;
  }
}

/** Puts `nodes` in place without moving those that stay: a moved node would lose its focus. */
function settle(parent, nodes) {
  for (const child of [...parent.children]) if (!nodes.includes(child)) child.remove();
  nodes.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
}

/** The same element of the new drawing, else whatever contains the blocks. */
function refocus(parent, { block, action }) {
  const same = [...parent.querySelectorAll("[data-action]")].filter(
    (node) => node.dataset.action === action,
  );
  const node = same.find((one) => one.closest(".block")?.blockKey === block) ?? same[0];
  const inside = node?.matches("button, a, input, select, textarea")
    ? node
    : node?.querySelector("summary, input, button");
  (inside ?? parent.closest("[tabindex]"))?.focus({ preventScroll: true });
}
