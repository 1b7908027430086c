// A question before something is done: Slack's confirm objects, and the page's own.
import { freshId, h } from "./dom.js";
import { text, words } from "./mrkdwn.js";

/** Asks; true when the person agrees. Slack's confirm object: `{title, text, confirm, deny, style}`. */
export function agreed(question) {
  const title = freshId();
  const yes = h("button", {
    type: "submit",
    value: "yes",
    class: question.style === "danger" ? "danger" : "primary",
  });
  yes.append(words(question.confirm) || "Yes");
  const no = h(
    "button",
    { type: "submit", value: "no", autofocus: true },
    words(question.deny) || "Cancel",
  );
  const dialog = h(
    "dialog",
    { class: "ask", "aria-labelledby": title },
    h("h2", { id: title }, words(question.title) || "Are you sure?"),
    h("p", {}, text(question.text)),
    h("form", { method: "dialog", class: "buttons" }, no, yes),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
  });
}

const plain = (words) => ({ type: "plain_text", text: words, emoji: false });

/** The page's own question, in plain words. */
export const sure = (title, explanation, yes) =>
  agreed({ title: plain(title), text: plain(explanation), confirm: plain(yes), style: "danger" });
