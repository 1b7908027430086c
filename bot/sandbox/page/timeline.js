// What the public sees on X: the tweets of one account, threads joined.
import * as api from "./api.js";
import { announce, tried } from "./announce.js";
import { h, keep, link } from "./dom.js";
import { account, load, on, set, state, zone } from "./state.js";
import { full, moment } from "./times.js";

const LOOK_AGAIN_MS = 2000; // while X's timeline lags, a tweet appears without a change that would tell
const MARKED = /([#@][\p{L}\p{N}_]+)/u;
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
  on(["tweets"], redraw);
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
  keep(
    node,
    tweets,
    ({ id }) => id,
    makeTweet,
    (card, tweet) =>
      (card.querySelector("time").textContent = moment(tweet.created_ms / 1000, zone())),
  );

function makeTweet(tweet) {
  const unix = tweet.created_ms / 1000;
  const author = account(tweet.author_id) ?? { name: tweet.author_id, username: tweet.author_id };
  const time = h("time", {
    datetime: new Date(unix * 1000).toISOString(),
    title: full(unix, zone()),
  });
  return h(
    "article",
    {
      class: "tweet",
      id: `tweet-${tweet.id}`,
      tabindex: "-1",
      "aria-label": `Tweet by ${author.name}`,
    },
    h(
      "span",
      { class: "face round", "aria-hidden": "true" },
      author.name
        .split(" ")
        .map((word) => word[0])
        .join(""),
    ),
    h(
      "div",
      { class: "said" },
      h(
        "div",
        { class: "head" },
        h("b", {}, author.name),
        h("span", { class: "handle" }, `@${author.username}`),
        time,
      ),
      tweet.in_reply_to &&
        h(
          "small",
          { class: "reply-to" },
          "In reply to ",
          h("a", { href: `#tweet-${tweet.in_reply_to}` }, tweet.in_reply_to),
        ),
      h("p", { class: "tweet-text", dir: "auto" }, linked(tweet)),
      tweet.quoted &&
        h("small", {}, "Quotes ", h("a", { href: `#tweet-${tweet.quoted}` }, tweet.quoted)),
      h(
        "a",
        { class: "own", href: `#tweet-${tweet.id}`, title: "The link to this tweet" },
        tweet.id,
      ),
    ),
  );
}

/** The text with its addresses as links, and hashtags and mentions marked. */
function linked({ shown_text: text, urls = [] }) {
  const nodes = [];
  let rest = text;
  for (const { display_url: shown, expanded_url: address, url } of urls) {
    const label = [shown, address, url].find((one) => one && rest.includes(one));
    if (!label) continue;
    const at = rest.indexOf(label);
    nodes.push(...marked(rest.slice(0, at)), link(address ?? url, label));
    rest = rest.slice(at + label.length);
  }
  return [...nodes, ...marked(rest)];
}

const marked = (text) =>
  text
    .split(MARKED)
    .map((piece, place) => (place % 2 ? h("span", { class: "marked" }, piece) : piece));

/** Somebody tweets at X itself, past the bot. */
function byHand() {
  const box = h("textarea", {
    rows: 2,
    "aria-label": "A tweet by hand",
    placeholder: "Somebody tweets at X itself, past the bot",
  });
  const send = async (event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    if (await tried(() => api.tweetByHand(state.account, box.value))) box.value = "";
  };
  return h(
    "details",
    { class: "by-hand" },
    h("summary", {}, "Tweet by hand"),
    h("form", { onsubmit: send }, box, h("button", { type: "submit" }, "Tweet")),
  );
}
