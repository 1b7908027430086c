// Slack's rich_text blocks as nodes: sections, lists, quotes, code, and the elements in them.
import { h, link } from "./dom.js";
import { ofElement } from "./emoji.js";
import { broadcast, channel, date, group, user } from "./mention.js";

const STYLE_TAGS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

/** A rich_text block. */
export const richText = ({ elements = [] }) => h("div", { class: "rich" }, elements.map(container));

function container(element) {
  switch (element.type) {
    case "rich_text_section":
      return h("div", { class: "rich-section" }, inlines(element));
    case "rich_text_quote":
      return h("blockquote", {}, inlines(element));
    case "rich_text_preformatted":
      return h("pre", {}, inlines(element));
    case "rich_text_list":
      return list(element);
    default:
      return unknown(element);
  }
}

function list({ style, elements = [], indent = 0, offset = 0 }) {
  const tag = style === "ordered" ? "ol" : "ul";
  const lines = elements.map((line) =>
    h("li", {}, line.type === "rich_text_section" ? inlines(line) : container(line)),
  );
  return h(
    tag,
    {
      class: `indent-${Math.min(indent, 8)}`,
      start: style === "ordered" && offset ? offset + 1 : null,
    },
    lines,
  );
}

const inlines = ({ elements = [] }) =>
  elements.map((element) => styled(element.style, inline(element)));

function styled(style = {}, node) {
  return Object.entries(STYLE_TAGS).reduce(
    (inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner),
    node,
  );
}

function inline(element) {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return link(element.url ?? "", element.text || element.url);
    case "emoji":
      return h("span", { class: "emoji", title: `:${element.name}:` }, ofElement(element));
    case "user":
      return user(element.user_id);
    case "channel":
      return channel(element.channel_id);
    case "usergroup":
      return group(element.usergroup_id);
    case "broadcast":
      return broadcast(element.range);
    case "date":
      return date(element.timestamp, element.format, element.fallback, element.url);
    case "color":
      return h("code", {}, element.value);
    default:
      return unknown(element);
  }
}

/** What the page does not know, as its JSON: nothing is silently left out. */
export const unknown = (thing) =>
  h(
    "details",
    { class: "unknown" },
    h("summary", {}, `Not shown here: ${thing.type ?? "?"}`),
    h("pre", {}, JSON.stringify(thing, null, 2)),
  );
