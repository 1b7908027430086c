// People, channels, groups, everybody and dates as they are named inside a text.
import { h, link } from "./dom.js";
import { channelName, person, state, zone } from "./state.js";
import { full, slackDate } from "./times.js";

const mention = (words, mine = false) =>
  h("span", { class: mine ? "mention mine" : "mention" }, words);

/** A person; the acting one stands out. */
export function user(id, label) {
  const bot = state.world.app ?? {};
  const name = person(id)?.real_name ?? (id === bot.user_id ? bot.name : undefined);
  return mention(`@${name ?? label ?? id}`, id === state.me);
}

export const channel = (id, label) => mention(`#${channelName(id) ?? label ?? id}`);
export const group = (id, label) => mention(label ?? `@${id}`);
export const broadcast = (range, label) => mention(label ?? `@${range}`, true);

/** A moment in the acting person's zone, with the whole date at hand. */
export function date(unix, format, fallback, address) {
  if (!Number.isFinite(unix) || Math.abs(unix) > 8e12) return fallback ?? "";
  const shown = slackDate(unix, format || "{date_short_pretty} {time}", zone());
  const time = h(
    "time",
    { datetime: new Date(unix * 1000).toISOString(), title: full(unix, zone()) },
    shown,
  );
  if (!address) return time;
  const node = link(address, shown);
  return node instanceof Element ? node : time;
}
