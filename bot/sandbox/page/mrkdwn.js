// Slack's mrkdwn as nodes: styles, code, quotes, links, mentions, dates, emoji; and back to what a person typed.
import { h, link } from "./dom.js";
import { named, replaceNames } from "./emoji.js";
import { broadcast, channel, date, group, user } from "./mention.js";
import { state } from "./state.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const STYLES = { "*": "strong", _: "em", "~": "s" };
const ANGLE = /<([^<>\n]+)>/y;
const CODE = /`([^`\n]+)`/y;
const EMOJI = /:([a-z0-9_+'-]+):(?::skin-tone-([2-6]):)?/y;
const ADDRESS = /https?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]}]/y;
const WORD = /[\p{L}\p{N}]/u;

/** Slack's three escapes, undone once. */
export const unescape = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

/** A text object (`plain_text` or `mrkdwn`) as nodes. */
export function text(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return [object.emoji === false ? object.text : replaceNames(object.text)];
}

/** A text object as bare words, for labels. */
export const words = (object) =>
  object
    ? text(object)
        .map((node) => node.textContent ?? node)
        .join("")
    : "";

/** Mrkdwn as a list of nodes. */
export function mrkdwn(source) {
  return source.split(/```/).flatMap((piece, place, pieces) => {
    const fenced = place % 2 === 1 && place < pieces.length - 1;
    if (fenced) return [h("pre", {}, unescape(piece.replace(/^\n/, "")))];
    return lines(place % 2 === 1 ? `\`\`\`${piece}` : piece.replace(place ? /^\n/ : /^$/, ""));
  });
}

/** Runs of quoted lines become quotes. */
function lines(piece) {
  const runs = [];
  for (const line of piece.split("\n")) {
    const mark = /^(?:&gt;|>) ?/.exec(line);
    const bare = mark ? line.slice(mark[0].length) : line;
    const last = runs.at(-1);
    if (last && last.quoted === Boolean(mark)) last.lines.push(bare);
    else runs.push({ quoted: Boolean(mark), lines: [bare] });
  }
  return runs.flatMap(({ quoted, lines }) => {
    const nodes = inline(lines.join("\n"));
    return quoted ? [h("blockquote", {}, nodes)] : nodes;
  });
}

function inline(source) {
  const nodes = [];
  const dead = new Set(); // style marks that have no closing mark further on: each is searched once
  let plain = "";
  let at = 0;
  const flush = () => {
    if (plain) nodes.push(unescape(plain));
    plain = "";
  };
  while (at < source.length) {
    const found = token(source, at, dead);
    if (found) {
      flush();
      nodes.push(...[found.node].flat());
      at = found.end;
    } else plain += source[at++];
  }
  flush();
  return nodes;
}

/** What begins at `at`: `{node, end}`, or null when it is a plain character. */
function token(source, at, dead) {
  const match = (pattern) => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  const ended = (found, node) => ({ node, end: at + found[0].length });
  const first = source[at];
  let found;
  if (first === "<" && (found = match(ANGLE))) return ended(found, angle(found[1]));
  if (first === "`" && (found = match(CODE)))
    return ended(found, h("code", {}, unescape(found[1])));
  if (first === ":" && (found = match(EMOJI)) && named(found[1], found[2]))
    return ended(found, named(found[1], found[2]));
  if (first === "h" && !WORD.test(source[at - 1] ?? "") && (found = match(ADDRESS)))
    return ended(found, link(unescape(found[0])));
  return STYLES[first] ? styled(source, at, dead) : null;
}

function styled(source, at, dead) {
  const mark = source[at];
  const opens =
    !dead.has(mark) &&
    !WORD.test(source[at - 1] ?? "") &&
    /\S/.test(source[at + 1] ?? "") &&
    source[at + 1] !== mark;
  if (!opens) return null;
  for (let end = source.indexOf(mark, at + 2); end > 0; end = source.indexOf(mark, end + 1)) {
    const content = source.slice(at + 1, end);
    if (content.includes("\n")) return null;
    const closes = /\S/.test(source[end - 1]) && !WORD.test(source[end + 1] ?? "");
    if (closes) return { node: h(STYLES[mark], {}, inline(content)), end: end + 1 };
  }
  dead.add(mark);
  return null;
}

/** What stands between `<` and `>`: a mention, a date, or a link. */
function angle(content) {
  const bar = content.indexOf("|");
  const target = bar < 0 ? content : content.slice(0, bar);
  const label = bar < 0 ? undefined : unescape(content.slice(bar + 1));
  if (target.startsWith("@")) return user(target.slice(1), label);
  if (target.startsWith("#")) return channel(target.slice(1), label);
  if (target.startsWith("!date^")) return dateOf(target, label);
  if (target.startsWith("!subteam^")) return group(target.slice(9), label);
  if (target.startsWith("!")) return broadcast(target.slice(1), label);
  const address = unescape(target);
  return link(address, label ?? address.replace(/^mailto:/, ""));
}

function dateOf(target, fallback) {
  const [, unix, format, address] = target.split("^");
  return date(Number(unix), format ?? "", fallback, address);
}

/** Message text as its writer typed it: for editing. */
export function typed(source) {
  const plain = source.replace(/<([^<>|\n]+)(?:\|([^<>\n]*))?>/g, (whole, target, label) => {
    const person =
      target.startsWith("@") && state.world.people.find(({ id }) => id === target.slice(1));
    if (person) return `@${person.real_name ?? person.name}`;
    if (target.startsWith("!")) return label ?? `@${target.slice(1)}`;
    return target.startsWith("mailto:")
      ? target.slice(7)
      : target.replace(/^#\w+$/, `#${label ?? target.slice(1)}`);
  });
  return unescape(plain);
}
