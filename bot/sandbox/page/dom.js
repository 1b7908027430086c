// Making and keeping DOM nodes. Content is only ever text: nothing here parses HTML.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "readOnly"]);

/** An element: `on…` are listeners, `data` is the dataset, children are nodes or text. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(
    ...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

function setProp(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "class") node.className = value;
  else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

let lastId = 0;

/** An id that no other element of the page has. */
export const freshId = () => `n${++lastId}`;

/** In a place to write, Enter sends and Shift+Enter makes a new line. */
export function enterSends(box, send) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
}

/**
 * Makes the children of `parent` those of `items`, in their order. A child stays the same node as long as its
 * key is there, so that what has focus, is typed or scrolled in it survives.
 */
export function keep(parent, items, keyOf, make, update) {
  const wanted = new Set(items.map(keyOf));
  for (const child of [...parent.children]) if (!wanted.has(child.keptKey)) child.remove();
  const known = new Map([...parent.children].map((child) => [child.keptKey, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const node = known.get(key) ?? Object.assign(make(item), { keptKey: key });
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
    update?.(node, item);
  }
}

const STATUS = /^https:\/\/(?:www\.)?(?:x|twitter)\.com\/[^/]+\/status\/(\d+)/;

const FILE = /^https:\/\/[\w-]+\.slack\.com\/files\/\w+\/(F\w+)\//;

const MESSAGE = /^https:\/\/[\w-]+\.slack\.com\/archives\/(\w+)\/p(\d{10})(\d{6})/;

/** A link; an address that is not http, https or mailto stays text, a tweet's, message's or file's leads there on this page. */
export function link(address, label = address) {
  const [, channel, seconds, rest] = MESSAGE.exec(address) ?? [];
  if (channel)
    return h("a", { href: `#message-${channel}-${seconds}.${rest}`, title: address }, label);
  const file = FILE.exec(address);
  if (file) {
    const href = `/sandbox/slack/files/${file[1]}`;
    return h("a", { href, target: "_blank", rel: "noopener noreferrer", title: address }, label);
  }
  const tweet = STATUS.exec(address);
  if (tweet) return h("a", { href: `#tweet-${tweet[1]}`, title: address }, label);
  const href = safeAddress(address);
  if (!href) return document.createTextNode(label === address ? label : `${label} (${address})`);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", title: address }, label);
}

function safeAddress(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A video of this page's own origin, with the browser's controls; nothing is loaded before it is played. */
export const film = (address, label) =>
  h("video", { src: address, controls: true, preload: "metadata", "aria-label": label, tabindex: "0" });

/** An image of this page's own origin, or a framed word in its place: the page asks nobody else for anything. */
export function picture(address, alt) {
  const own = address?.startsWith("data:image/") || address?.startsWith(`${location.origin}/`);
  if (own) return h("img", { src: address, alt, loading: "lazy" });
  const where = address ? link(address, "its address") : "a file";
  return h(
    "span",
    { class: "no-picture", role: "img", "aria-label": alt },
    "🖼 ",
    alt || "An image",
    " · ",
    where,
  );
}
