// What the page knows: who acts, which channel and account are shown, and the last answers of the sandbox.
import { note } from "./announce.js";
import * as api from "./api.js";

/** The channel in which messages become drafts: the first of the world. */
export const drafts = () => state.world.channels[0].id;

/** In place of a channel: the bot's Home tab. */
export const HOME = "home";

export const state = {
  world: { app: {}, people: [], channels: [], accounts: [], followers: [] },
  me: null, // the id of the person who acts
  channel: null,
  account: null,
  app: { commands: [], shortcuts: [] }, // what people call the bot by
  messages: null, // null until the sandbox answered for this channel
  views: [],
  tweets: null, // null until the sandbox answered for this account
  faults: { slack: {}, x: {} },
  home: null, // the view of the acting person's Home tab
  clock: { can_move: false, ahead_s: 0, moving_to: null, next: null },
  sockets: null, // how many connections the bot holds; null until the sandbox said
  unread: new Set(), // channels where something happened that was not open then
  alive: true, // whether the stream of changes stands
};

const listeners = new Map();

/** Calls `listener` whenever one of the parts named by `keys` was set. */
export function on(keys, listener) {
  for (const key of keys) listeners.set(key, [...(listeners.get(key) ?? []), listener]);
}

/** Sets parts of the state, then tells each listener once. */
export function set(parts) {
  Object.assign(state, parts);
  const told = new Set(Object.keys(parts).flatMap((key) => listeners.get(key) ?? []));
  for (const listener of told) listener();
}

export const person = (id) => state.world.people.find((one) => one.id === id);
export const channelName = (id) => state.world.channels.find((one) => one.id === id)?.name;
/** The channel of a person's direct messages with the bot: Slack's ids differ by their first letter. */
export const direct = (id) => `D${id.slice(1)}`;

/** How a channel is called at the top of the page. */
export function titleOf(id) {
  if (id === HOME) return "Home";
  return id.startsWith("D") ? "Messages" : `#${channelName(id)}`;
}

/** Whoever tweets: one of the team's accounts, or somebody who follows them. */
export const tweeter = (id) =>
  [...state.world.accounts, ...state.world.followers].find((one) => one.id === id);

/** The acting person's time zone (IANA). */
export const zone = () => person(state.me)?.tz ?? "UTC";

const PAUSE_MS = 60; // between two redraws of the same part, however fast the changes come

/** A loader that runs once at a time; what is asked for meanwhile is one more run. */
function loader(load) {
  let running = false;
  let again = false;
  return async function run() {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      await load().catch((refused) => state.alive && note(refused.message)); // gone: the strip at the top says it
      await new Promise((wake) => setTimeout(wake, PAUSE_MS));
    }
    running = false;
  };
}

export const load = {
  messages: loader(async () => {
    const { channel, me } = state;
    if (channel === HOME) return;
    const { messages } = await api.messages(channel, me);
    if (channel === state.channel && me === state.me) set({ messages });
  }),
  views: loader(async () => {
    const { me } = state;
    const { views } = await api.views(me);
    if (me === state.me) set({ views });
  }),
  tweets: loader(async () => {
    const { account } = state;
    const { tweets } = await api.talk(account);
    if (account === state.account) set({ tweets });
  }),
  clock: loader(async () => set({ clock: await api.clock() })),
  faults: loader(async () => set({ faults: await api.faults() })),
  sockets: loader(async () => set({ sockets: (await api.sockets()).sockets })),
  app: loader(async () => set({ app: await api.app() })),
  home: loader(async () => {
    const { me } = state;
    const { view = null } = await api.home(me);
    if (me === state.me) set({ home: view });
  }),
};

/** Asks the sandbox for everything that is shown. */
export function loadAll() {
  for (const one of Object.values(load)) one();
}

/** Asks for what a change of the stream touches. */
export function follow({ changed, channel, user }) {
  if (changed === "x") load.tweets();
  if (changed === "clock") return load.clock();
  if (changed !== "slack") return load.faults();
  if (!channel || channel === state.channel) load.messages();
  else set({ unread: new Set(state.unread).add(channel) });
  if (!channel && (!user || user === state.me)) for (const one of [load.views, load.home]) one();
  if (!channel && !user) for (const one of [load.sockets, load.app]) one();
  return undefined;
}
