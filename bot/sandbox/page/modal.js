// The acting person's modals: the top of the stack is shown, those below keep what was typed in them.
import * as api from "./api.js";
import { showBlocks } from "./blocks.js";
import { did } from "./deeds.js";
import { h } from "./dom.js";
import { wrong } from "./inputs.js";
import { text, words } from "./mrkdwn.js";
import { load, on, state, zone } from "./state.js";

const TROUBLE = "We had trouble connecting. Try again?";
const forms = new Map(); // view id → its form
let dialog;
let opener; // what had the focus before the first modal: {ts, action}

/** Takes the dialog element and follows the views. */
export function followViews(element) {
  dialog = element;
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog.ask"))
      return;
    event.preventDefault();
    shut();
  });
  dialog.addEventListener("close", () => state.views.length && shut()); // a browser may close it by itself
  on(["views"], redraw);
}

function redraw() {
  const views = state.views.filter(({ type }) => type === "modal");
  const ids = views.map(({ id }) => id);
  for (const [id, form] of forms) if (!ids.includes(id)) (forms.delete(id), form.remove());
  for (const view of views) showView(view);
  const top = forms.get(ids.at(-1));
  if (!top) return hide();
  for (const form of forms.values()) form.hidden = form !== top;
  const already =
    dialog.open &&
    dialog.contains(document.activeElement) &&
    !document.activeElement.closest("[hidden]");
  if (!dialog.open) show();
  if (!already || !top.contains(document.activeElement)) focusIn(top);
  dialog.setAttribute("aria-labelledby", `title-${top.view.id}`);
  return undefined;
}

function show() {
  const from = document.activeElement;
  opener = {
    ts: from?.closest("[data-ts]")?.dataset.ts,
    action: from?.closest("[data-action]")?.dataset.action,
    id: from?.id,
  };
  dialog.showModal();
}

/** Closes, and gives the focus back to what opened it, or to its redrawn likeness. */
function hide() {
  if (!dialog.open) return;
  dialog.close();
  const { ts, action, id } = opener ?? {};
  const row = ts && [...document.querySelectorAll("[data-ts]")].find((one) => one.dataset.ts === ts);
  const within = row || document.querySelector("#home:not([hidden])");
  const button =
    within &&
    [...within.querySelectorAll("[data-action]")].find((node) => node.dataset.action === action);
  const byId = id ? document.getElementById(id) : null;
  const last = document.querySelector(".channel:not([hidden]) :is(#composer, .scroller)");
  (button || byId || row || last)?.focus({ preventScroll: true });
}

function focusIn(form) {
  const first =
    form.body.querySelector("[autofocus]") ??
    form.body.querySelector("input, textarea, select, button, a[href]");
  (first ?? form.querySelector("button"))?.focus();
}

function showView(view) {
  if (!forms.has(view.id)) makeForm(view);
  const form = forms.get(view.id);
  form.view = view;
  const title = words(view.title) || "Countersign";
  if (form.heading.textContent !== title) form.body.scrollTop = 0; // it asks something else now
  form.heading.textContent = title;
  form.send.hidden = !view.submit;
  form.send.replaceChildren(...text(view.submit));
  form.leave.replaceChildren(
    ...(view.close ? text(view.close) : [view.submit ? "Cancel" : "Close"]),
  );
  const act = async (action) =>
    api.act({ user: state.me, view_id: view.id, values: await valuesOf(form), ...action });
  showBlocks(form.body, view.blocks, { act }, zone());
}

function makeForm(view) {
  const heading = h("h2", { id: `title-${view.id}` });
  const cross = h(
    "button",
    { type: "button", class: "bare cross", "aria-label": "Close", onclick: shut },
    "✕",
  );
  const body = h("div", { class: "body" });
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const leave = h("button", { type: "button", onclick: shut });
  const send = h("button", { type: "submit", class: "primary" });
  const form = h(
    "form",
    { novalidate: true },
    h("header", {}, heading, cross),
    trouble,
    body,
    h("footer", {}, leave, send),
  );
  form.addEventListener("submit", (event) => (event.preventDefault(), submit(form)));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
      (event.preventDefault(), submit(form));
  });
  forms.set(view.id, Object.assign(form, { heading, body, trouble, leave, send }));
  dialog.append(form);
}

/** What was filled in, once it is uploaded: `{block_id: {action_id: value}}`. */
async function valuesOf(form) {
  const filled = [...form.body.children].filter((node) => node.fields.size);
  const fields = filled.flatMap((node) => [...node.fields.values()]);
  await Promise.all(fields.map((field) => field.ready?.()));
  return Object.fromEntries(
    filled.map((node) => [
      node.block.block_id,
      Object.fromEntries([...node.fields].map(([id, field]) => [id, field.read()])),
    ]),
  );
}

/** Shows the words at their blocks and goes to the first; words for a block that is not there go on top. */
function showErrors(form, errors) {
  const blocks = [...form.body.children];
  for (const node of blocks) node.fail?.(errors[node.block.block_id] ?? null);
  const lost = Object.entries(errors).filter(
    ([id]) => !blocks.some((node) => node.fail && node.block.block_id === id),
  );
  showTrouble(form, lost.map(([, words]) => words).join(" "));
  blocks
    .find((node) => node.fail && errors[node.block.block_id])
    ?.fields.values()
    .next()
    .value.focus();
}

function showTrouble(form, words) {
  form.trouble.textContent = words ? `⚠ ${words}` : "";
  form.trouble.hidden = !words;
}

/** What can be said without the bot: what is missing or misshapen, by block. */
function misshapen(form) {
  const inputs = [...form.body.children].filter((node) => node.fail);
  const found = inputs.map(({ block, fields }) => [
    block.block_id,
    wrong(block, fields.values().next().value.read()),
  ]);
  return Object.fromEntries(found.filter(([, words]) => words));
}

async function submit(form) {
  if (form.getAttribute("aria-busy") === "true" || !form.view.submit) return;
  form.setAttribute("aria-busy", "true");
  const values = await valuesOf(form);
  form.removeAttribute("aria-busy");
  const errors = misshapen(form);
  showErrors(form, errors);
  if (Object.keys(errors).length) return;
  form.setAttribute("aria-busy", "true");
  const answer = await api
    .submit(form.view.id, state.me, values)
    .catch((refused) => ({ refused: refused.message }));
  form.removeAttribute("aria-busy");
  if (answer.refused) showTrouble(form, answer.refused);
  else if (answer.errors) showErrors(form, answer.errors);
  else if (!answer.acked || answer.error)
    showTrouble(form, [TROUBLE, answer.error && `(${answer.error})`].filter(Boolean).join(" "));
  else did({ kind: "submit", form: form.view.callback_id });
  load.views();
}

/** Closes the top view; what the sandbox no longer knows is gone already. */
async function shut() {
  const top = state.views.at(-1);
  if (top) await api.close(top.id, state.me).catch(() => {});
  load.views();
}
