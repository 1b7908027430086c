// Files: picked in a composer, shown in messages, blocks and tweets.
import { Refused } from "./api.js";
import { freshId, h, picture } from "./dom.js";
import { state } from "./state.js";

const PICTURES = /^image\/(?:png|jpeg|gif|webp)$/;

/** The address of a shared file on this page's own origin. */
const addressOf = (id) => `${location.origin}/sandbox/slack/files/${encodeURIComponent(id)}`;

/** The picture of a block, or a word in its place; one with a `slack_file` is the sandbox's own. */
export function blockPicture({ image_url: address, slack_file: file, alt_text: alt }) {
  return picture(address ?? (file?.id ? addressOf(file.id) : file?.url), alt);
}

/** What a message shares: pictures as such, everything else by its name. */
export const shared = ({ files = [] }) =>
  files.map((file) => {
    if (file.mode === "tombstone") return h("span", { class: "file" }, "🗑 A deleted file");
    if (!PICTURES.test(file.mimetype)) return h("span", { class: "file" }, `📎 ${file.title}`);
    return h("div", { class: "shared" }, picture(addressOf(file.id), file.title));
  });

/** A tweet's pictures, each with its alt text under it: that is as public as the picture. */
export const tweeted = ({ media = [] }) =>
  media.length > 0 &&
  h(
    "div",
    { class: "media" },
    media.map(({ address, alt }) =>
      h(
        "figure",
        {},
        picture(location.origin + address, alt),
        h("figcaption", { class: "alt" }, h("b", {}, "ALT "), alt || "none"),
      ),
    ),
  );

/** A button that picks files, and the list of what is picked; `upload` answers their ids. */
export function attachments() {
  let picked = [];
  const input = h("input", {
    type: "file",
    id: freshId(),
    multiple: true,
    class: "picker",
    "aria-label": "Attach files",
    onchange: () => {
      picked = [...picked, ...input.files];
      input.value = "";
      show();
    },
  });
  const list = h("ul", { class: "picked", "aria-label": "Attached files", hidden: true });
  const show = () => {
    list.hidden = picked.length === 0;
    list.replaceChildren(...picked.map(chip));
  };
  const leave = (file) => {
    picked = picked.filter((other) => other !== file);
    show();
    input.focus();
  };
  const chip = (file) =>
    h(
      "li",
      { class: "file" },
      `📎 ${file.name} `,
      h(
        "button",
        {
          type: "button",
          class: "bare",
          "aria-label": `Take off ${file.name}`,
          onclick: () => leave(file),
        },
        "✕",
      ),
    );
  return {
    button: h("label", { class: "button attach", title: "Attach files" }, "📎", input),
    list,
    any: () => picked.length > 0,
    upload: () => Promise.all(picked.map(upload)),
    clear: () => {
      picked = [];
      show();
    },
  };
}

async function upload(file) {
  const query = new URLSearchParams({ user: state.me, name: file.name });
  const answer = await fetch(`/sandbox/slack/files?${query}`, { method: "POST", body: file });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(content.error ?? `The sandbox answered ${answer.status}.`);
  return content.id;
}
