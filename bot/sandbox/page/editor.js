// Editing one's own message in place: Enter saves, Escape leaves.
import { enterSends, h } from "./dom.js";

/**
 * A form over `text`; `save(text)` answers whether it was saved, `left` is called when the form is done with. The
 * form is not removed by redraws: whoever placed it takes it away in `left`.
 */
export function editor(text, save, left) {
  const box = h("textarea", { rows: 2, "aria-label": "Edit the message", value: text });
  const send = async () => {
    if (box.value.trim() && (await save(box.value))) left();
  };
  enterSends(box, send);
  box.addEventListener("keydown", ({ key }) => key === "Escape" && left());
  const cancel = h("button", { type: "button", onclick: left }, "Cancel");
  const done = h("button", { type: "submit", class: "primary" }, "Save");
  const onsubmit = (event) => (event.preventDefault(), send());
  const form = h(
    "form",
    { class: "editor", onsubmit },
    box,
    h("div", { class: "buttons" }, cancel, done),
  );
  return Object.assign(form, { focusBox: () => box.focus() });
}
