// One tweet as the public sees it.
import { note } from "./announce.js";
import { h, link } from "./dom.js";
import { tweeted } from "./files.js";
import { tweeter, zone } from "./state.js";
import { full, moment, now } from "./times.js";

const MARKED = /([#@][\p{L}\p{N}_]+)/u;

/** A tweet; its time is shown by `showTweetTime`. */
export function makeTweet(tweet) {
  const author = tweeter(tweet.author_id) ?? { name: tweet.author_id, username: tweet.author_id };
  const id = `tweet-${tweet.id}`;
  const face = h("span", { class: "face round", "aria-hidden": "true" }, letters(author.name));
  const said = h("div", { class: "said" }, head(author, tweet), content(tweet), address(author, tweet));
  const label = `Tweet by ${author.name}`;
  return h("article", { class: "tweet", id, tabindex: "-1", "aria-label": label }, face, said);
}

/** The time of a tweet in the acting person's zone. */
export function showTweetTime(card, tweet) {
  const time = card.querySelector("time");
  time.textContent = moment(tweet.created_ms / 1000, zone());
  time.title = full(tweet.created_ms / 1000, zone());
}

const letters = (name) =>
  name
    .split(" ")
    .map((word) => word[0])
    .join("");

function head({ name, username }, { created_ms: made }) {
  const time = h("time", { datetime: new Date(made).toISOString() });
  const known = h("span", { class: "handle" }, `@${username}`);
  return h("div", { class: "head" }, h("b", {}, name), known, time);
}

const content = (tweet) => [
  tweet.in_reply_to &&
    h("small", { class: "reply-to" }, "In reply to ", own({ id: tweet.in_reply_to })),
  tweet.shown_text && h("p", { class: "tweet-text", dir: "auto" }, linked(tweet)),
  tweeted(tweet),
  tweet.poll && poll(tweet.poll),
  tweet.quoted && h("small", {}, "Quotes ", own({ id: tweet.quoted })),
];

/** A poll: what may be chosen, and until when; nobody votes in a sandbox. */
function poll({ options, ends_ms: ends }) {
  const over = ends < now() * 1000;
  const until = moment(ends / 1000, zone());
  const choices = options.map((one) => h("li", {}, one));
  return h(
    "div",
    { class: "poll" },
    h("ul", { "aria-label": "Poll" }, choices),
    h("small", {}, over ? `The poll ended ${until}` : `A poll, open until ${until}`),
  );
}

const own = ({ id }) =>
  h("a", { class: "own", href: `#tweet-${id}`, title: "The link to this tweet" }, id);

/** The tweet's own address, as a person copies it from X to answer a card's question. */
function address({ username }, { id }) {
  const whole = `https://x.com/${username}/status/${id}`;
  const copied = () => (button.textContent = "Copied");
  const button = h("button", { type: "button", class: "bare", title: whole }, "Copy its address");
  button.addEventListener("click", () =>
    navigator.clipboard.writeText(whole).then(copied, () => note(`It is ${whole}`)),
  );
  return h("div", { class: "foot" }, button);
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
