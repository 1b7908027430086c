// Times in a named zone: for reading, for Slack's date tokens, and between wall clock and unix seconds.

const HOUR12 = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hour12;
const DAY_S = 86400;
const made = new Map();
let ahead = 0; // seconds that the time of the sandbox is ahead of this machine's

/** Follows the time of the sandbox; answers whether it was moved. */
export function moveAhead(seconds) {
  const moved = seconds !== ahead;
  ahead = seconds;
  return moved;
}

/** The time of the sandbox, in unix seconds. */
export const now = () => Date.now() / 1000 + ahead;

function formatter(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!made.has(key)) made.set(key, build(zone, options));
  return made.get(key);
}

function build(zone, options) {
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" }); // an unknown zone
  }
}

const read = (unix, zone, options) => formatter(zone, options).format(new Date(unix * 1000));

const NUMERIC = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
};

/** Unix seconds as `YYYY-MM-DDTHH:MM` on the wall of `zone`. */
export function toWall(unix, zone) {
  const parts = formatter(zone, NUMERIC).formatToParts(new Date(unix * 1000));
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${of.year.padStart(4, "0")}-${of.month}-${of.day}T${of.hour}:${of.minute}`;
}

const asUtc = (wall) => Date.parse(`${wall.slice(0, 16)}Z`) / 1000;

/** Wall clock `YYYY-MM-DDTHH:MM` of `zone` as unix seconds, null when it is none; a skipped hour moves forward. */
export function fromWall(wall, zone) {
  const guess = asUtc(wall);
  if (Number.isNaN(guess)) return null;
  const offset = (unix) => asUtc(toWall(unix, zone)) - unix;
  const first = guess - offset(guess);
  const second = guess - offset(first);
  return toWall(second, zone) === wall.slice(0, 16) ? second : Math.max(first, second);
}

/** The next time that a zone's wall clock shows `HH:MM`, in unix seconds. */
export function morning(after, zone, hours) {
  const today = Date.parse(`${toWall(after, zone).slice(0, 10)}T00:00Z`);
  const on = (day) => fromWall(`${new Date(day).toISOString().slice(0, 10)}T${hours}`, zone);
  return on(today) > after ? on(today) : on(today + DAY_S * 1000);
}

/** What day it is on the wall of a zone. */
export const today = (zone) => toWall(now(), zone).slice(0, 10);

const ordinal = (day) => {
  const teen = day % 100 >= 11 && day % 100 <= 13;
  return day + ((!teen && { 1: "st", 2: "nd", 3: "rd" }[day % 10]) || "th");
};

function longDate(unix, zone) {
  const day = ordinal(Number(read(unix, zone, { day: "numeric" })));
  return `${read(unix, zone, { month: "long" })} ${day}, ${read(unix, zone, { year: "numeric" })}`;
}

const shortDate = (unix, zone) =>
  read(unix, zone, { month: "short", day: "numeric", year: "numeric" });
const weekday = (unix, zone) => read(unix, zone, { weekday: "long" });

/** "today", "yesterday", "tomorrow", or nothing. */
function nearDay(unix, zone) {
  const day = (moment) => asUtc(`${toWall(moment, zone).slice(0, 10)}T00:00`) / DAY_S;
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[day(unix) - day(now())];
}

/** The time of day, with 12 or 24 hours as this browser's own inputs show it. */
export const clock = (unix, zone, seconds = false) =>
  read(unix, zone, {
    hour: HOUR12 ? "numeric" : "2-digit",
    minute: "2-digit",
    second: seconds ? "2-digit" : undefined,
    hourCycle: HOUR12 ? "h12" : "h23",
  });

/** When something was said: the time, with the day unless it is today. */
export function moment(unix, zone) {
  const near = nearDay(unix, zone);
  if (near === "today") return clock(unix, zone);
  return `${near ?? read(unix, zone, { month: "short", day: "numeric" })} ${clock(unix, zone)}`;
}

/** The whole date and time, with the zone's name. */
export const full = (unix, zone) =>
  `${weekday(unix, zone)}, ${longDate(unix, zone)}, ${clock(unix, zone, true)} (${zone})`;

function ago(unix) {
  const seconds = unix - now();
  const [unit, size] = [
    ["day", DAY_S],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ].find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(
    Math.round(seconds / size),
    unit,
  );
}

const TOKENS = {
  date_num: (unix, zone) => toWall(unix, zone).slice(0, 10),
  date: longDate,
  date_short: shortDate,
  date_long: (unix, zone) => `${weekday(unix, zone)}, ${longDate(unix, zone)}`,
  date_long_full: (unix, zone) => `${weekday(unix, zone)}, ${longDate(unix, zone)}`,
  date_pretty: (unix, zone) => nearDay(unix, zone) ?? longDate(unix, zone),
  date_short_pretty: (unix, zone) => nearDay(unix, zone) ?? shortDate(unix, zone),
  date_long_pretty: (unix, zone) => nearDay(unix, zone) ?? TOKENS.date_long(unix, zone),
  day_divider_pretty: (unix, zone) => nearDay(unix, zone) ?? TOKENS.date_long(unix, zone),
  time: (unix, zone) => clock(unix, zone),
  time_secs: (unix, zone) => clock(unix, zone, true),
  ago: (unix) => ago(unix),
};

/** Slack's date format: `{date_short_pretty} at {time}` and its kin; an unknown token stays. */
export const slackDate = (unix, format, zone) =>
  format.replace(/\{(\w+)\}/g, (token, name) => TOKENS[name]?.(unix, zone) ?? token);
