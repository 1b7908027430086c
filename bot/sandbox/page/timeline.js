// What the public sees on X: the tweets of one account and of who calls it, threads joined.
import * as api from "./api.js";
import { announce, tried } from "./announce.js";
import { h, keep } from "./dom.js";
import { load, on, set, state, tweeter } from "./state.js";
import { makeTweet, showTweetTime } from "./tweet.js";

const LOOK_AGAIN_MS = 2000; // while X's timeline lags, a tweet appears without a change that would tell
let known = null; // ids that were shown; null when nothing of this account was
let list;
let empty;

/** Builds the column and follows the tweets. */
export function showTimeline(place) {
  list = h("ol", { class: "tweets" });
  empty = h(
    "div",
    { class: "empty" },
    h("h3", {}, "No tweets yet"),
    h("p", {}, "What is approved appears here when its time has come."),
  );
  place.replaceChildren(
    h("div", { class: "title" }, h("h2", { id: "x-name" }, "On X"), accounts()),
    h("div", { class: "scroller", tabindex: "0", "aria-label": "Tweets" }, empty, list),
    byHand(),
  );
  on(["tweets", "me"], redraw);
  document.addEventListener("time", load.tweets); // what lags may be there now
  setInterval(() => state.faults.x?.timeline_lag_s?.value > 0 && load.tweets(), LOOK_AGAIN_MS);
}

function accounts() {
  const options = state.world.accounts.map(({ id, username }) =>
    h("option", { value: id }, `@${username}`),
  );
  const choice = h("select", { "aria-label": "Account" }, options);
  choice.addEventListener("change", () => set({ account: choice.value, tweets: null }));
  return choice;
}

function redraw() {
  const tweets = state.tweets ?? [];
  const news = known ? tweets.filter(({ id }) => !known.has(id)) : [];
  known = state.tweets && new Set(tweets.map(({ id }) => id));
  keep(
    list,
    conversations(tweets),
    (thread) => thread[0].id,
    () => h("li", { class: "conversation" }),
    showConversation,
  );
  empty.hidden = state.tweets?.length !== 0;
  for (const tweet of news) {
    announce(`New tweet: ${tweet.shown_text}`);
    list.querySelector(`#tweet-${tweet.id}`)?.classList.add("new");
  }
  document.dispatchEvent(new CustomEvent("tweets", { detail: news.length }));
}

/** Threads: an account's replies to itself, oldest first; the thread with the newest tweet on top. */
function conversations(tweets) {
  const byId = new Map(tweets.map((tweet) => [tweet.id, tweet]));
  const threads = new Map();
  for (const tweet of [...tweets].reverse()) {
    const thread = threads.get(rootOf(tweet, byId)) ?? [];
    threads.set(rootOf(tweet, byId), [...thread, tweet]);
  }
  const newest = (thread) => tweets.indexOf(thread.at(-1));
  return [...threads.values()].sort((one, other) => newest(one) - newest(other));
}

function rootOf(tweet, byId) {
  const seen = new Set();
  let at = tweet;
  while (byId.has(at.in_reply_to) && !seen.has(at.id)) {
    seen.add(at.id);
    at = byId.get(at.in_reply_to);
  }
  return at.id;
}

const showConversation = (node, tweets) =>
  keep(node, tweets, ({ id }) => id, makeTweet, showTweetTime);

/** Somebody tweets at X itself, past the bot: the team, or a follower who calls the account. */
function byHand() {
  const box = h("textarea", {
    rows: 2,
    "aria-label": "A tweet by hand",
    placeholder: "Somebody tweets at X itself, past the bot",
  });
  const who = h("select", { "aria-label": "Who tweets" });
  const isOurs = () => who.value === "";
  const call = () => `@${tweeter(state.account).username} `;
  who.append(h("option", { value: "" }, "The account itself"));
  for (const { id, name } of state.world.followers) {
    who.append(h("option", { value: id }, `${name}, a follower`));
  }
  who.addEventListener("change", () => {
    if (!isOurs() && !box.value.trim()) box.value = call();
    if (isOurs() && box.value === call()) box.value = "";
    box.focus();
  });
  const send = async (event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    const author = isOurs() ? state.account : who.value;
    if (await tried(() => api.tweetByHand(author, box.value))) box.value = isOurs() ? "" : call();
  };
  return h(
    "details",
    { class: "by-hand" },
    h("summary", {}, "Tweet by hand"),
    h("form", { onsubmit: send }, who, box, h("button", { type: "submit" }, "Tweet")),
  );
}
