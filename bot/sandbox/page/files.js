// Files: picked in a composer, shown in messages, blocks and tweets.
import { Refused } from "./api.js";
import { film, freshId, h, picture } from "./dom.js";
import { state } from "./state.js";

const PICTURES = /^image\/(?:png|jpeg|gif|webp)$/;
const VIDEOS = /^video\/(?:mp4|quicktime)$/;

/** The address of a shared file on this page's own origin. */
const addressOf = (id) => `${location.origin}/sandbox/slack/files/${encodeURIComponent(id)}`;

/** The picture of a block, or a word in its place; one with a `slack_file` is the sandbox's own. */
export function blockPicture({ image_url: address, slack_file: file, alt_text: alt }) {
  return picture(address ?? (file?.id ? addressOf(file.id) : file?.url), alt);
}

/** What a message shares: pictures and videos as such, everything else by its name. */
export const shared = ({ files = [] }) =>
  files.map((file) => {
    if (file.mode === "tombstone") return h("span", { class: "file" }, "🗑 A deleted file");
    if (VIDEOS.test(file.mimetype))
      return h("div", { class: "shared" }, film(addressOf(file.id), file.title));
    if (!PICTURES.test(file.mimetype)) return h("span", { class: "file" }, `📎 ${file.title}`);
    return h("div", { class: "shared" }, picture(addressOf(file.id), file.title));
  });

/** A tweet's pictures, each with its alt text under it: that is as public as the picture; or its video. */
export const tweeted = ({ media = [] }) =>
  media.length > 0 &&
  h(
    "div",
    { class: "media" },
    media.map(({ address, alt, kind }) =>
      kind === "video"
        ? h("figure", {}, film(location.origin + address, "Video of the tweet"))
        : h(
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
  const input = picker({ "aria-label": "Attach files", multiple: true }, (files) =>
    show([...picked, ...files]),
  );
  const list = h("ul", { class: "picked", "aria-label": "Attached files", hidden: true });
  const show = (files) => {
    picked = files;
    list.hidden = picked.length === 0;
    list.replaceChildren(...picked.map((file) => chip(file.name, () => leave(file))));
  };
  const leave = (file) => {
    show(picked.filter((other) => other !== file));
    input.focus();
  };
  return {
    button: h("label", { class: "button attach", title: "Attach files" }, "📎", input),
    list,
    any: () => picked.length > 0,
    upload: () => Promise.all(picked.map(upload)),
    clear: () => show([]),
  };
}

/** A control that picks files, again and again; `took` is called with those of each time. */
function picker(more, took) {
  const input = h("input", {
    type: "file",
    id: freshId(),
    class: "picker",
    onchange: () => {
      const files = [...input.files];
      input.value = "";
      took(files);
    },
    ...more,
  });
  return input;
}

const chip = (name, leave) =>
  h(
    "li",
    { class: "file" },
    `📎 ${name} `,
    h(
      "button",
      { type: "button", class: "bare", "aria-label": `Take off ${name}`, onclick: leave },
      "✕",
    ),
  );

const LARGEST = 10_000_000; // bytes of a file in a modal
const names = new Map(); // id of an uploaded file → its name

/** What Slack says of a file before it takes it into a modal; null when nothing is wrong. */
function unfit(file, types) {
  const type = file.name.split(".").pop().toLowerCase();
  if (types && !types.includes(type)) return `${file.name} is no ${types.join(", ")} file.`;
  if (file.size > LARGEST)
    return `${file.name} has more than ${LARGEST / 1e6} MB, which is too much for a window.`;
  return null;
}

/** A field of a modal that uploads what is picked at once; its value is the list of the ids. */
export function fileField(element) {
  let ids = [];
  let uploading = Promise.resolve();
  const most = element.max_files ?? 10;
  const types = element.filetypes;
  const accept = types?.map((type) => `.${type}`).join(",");
  const said = h("p", { class: "error", role: "alert", hidden: true });
  const list = h("ul", { class: "picked", "aria-label": "Chosen files", hidden: true });
  const say = (words) => {
    said.textContent = words ?? "";
    said.hidden = !words;
  };
  const show = (now) => {
    ids = now;
    list.hidden = ids.length === 0;
    list.replaceChildren(...ids.map((id) => chip(names.get(id) ?? "A file", () => leave(id))));
  };
  const leave = (id) => {
    say(null);
    show(ids.filter((other) => other !== id));
    input.focus();
  };
  const take = async (files) => {
    if (ids.length + files.length > most) return say(`Please choose at most ${most} files.`);
    const words = files.map((file) => unfit(file, types)).find(Boolean);
    if (words) return say(words);
    say(null);
    const fresh = await Promise.all(files.map(upload));
    fresh.forEach((id, place) => names.set(id, files[place].name));
    return show([...ids, ...fresh]);
  };
  const input = picker({ accept, multiple: most > 1 }, (files) => {
    uploading = uploading.then(() => take(files)).catch((refused) => say(refused.message));
  });
  return {
    node: h(
      "div",
      {},
      h("span", { class: "button attach" }, "📎 Choose files", input),
      list,
      said,
    ),
    control: input,
    ready: () => uploading,
    read: () => ids,
    write: show,
  };
}

async function upload(file) {
  const query = new URLSearchParams({ user: state.me, name: file.name });
  const answer = await fetch(`/sandbox/slack/files?${query}`, { method: "POST", body: file });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(content.error ?? `The sandbox answered ${answer.status}.`);
  return content.id;
}
