// What may go wrong with X and Slack: what happens then, and what Countersign does about it.

const SLOW_S = 2;
const LATE_S = 3600;

/**
 * Each turns a knob of a side `on` or `off`, or puts an answer into X's list of next ones (`arm`); `socket` says what
 * happens to the bot's connection when it is switched on.
 */
export const X = [
  {
    side: "x",
    knob: "next",
    arm: "reset_after",
    label: "Lose X's next answer",
    why: "The tweet goes out, and the bot does not hear of it.",
    then: "It never sends twice: it looks on the timeline, and finds it.",
  },
  {
    side: "x",
    knob: "timeline_lag_s",
    on: LATE_S,
    off: 0,
    label: "X's timeline lags",
    why: "The bot sees a tweet an hour late; you see it at once.",
    then: "With a lost answer it cannot know: the card asks you to look.",
  },
  {
    side: "x",
    knob: "down",
    on: true,
    off: false,
    label: "X is down",
    why: "Every call breaks, and nothing is tweeted.",
    then: "A broken call might have worked: it asks you, and sends nothing again by itself.",
  },
  {
    side: "x",
    knob: "hang_s",
    on: 8,
    off: 0,
    label: "X is slow",
    why: "Every answer takes eight seconds.",
    then: "It waits, and says meanwhile that the tweet is going out.",
  },
  {
    side: "x",
    knob: "next",
    arm: "403",
    label: "X refuses the next tweet",
    why: "403: nothing was tweeted.",
    then: "It says why, and offers to try again.",
  },
  {
    side: "x",
    knob: "credits",
    on: false,
    off: true,
    label: "No credits left",
    why: "402 at every call, until somebody pays.",
    then: "It holds every tweet, and tells the operator.",
  },
  {
    side: "x",
    knob: "revoked",
    on: true,
    off: false,
    label: "X takes the keys away",
    why: "401: the bot may not tweet any more.",
    then: "It holds every tweet, and tells the operator to mend the keys.",
  },
];

export const SLACK = [
  {
    side: "slack",
    knob: "api_down",
    on: true,
    off: false,
    socket: "reset",
    label: "Slack is unreachable",
    why: "The connection breaks, and no call gets through.",
    then: "Nothing is lost: once back, it reads what it missed and redraws its cards.",
  },
  {
    side: "slack",
    knob: "api_delay_s",
    on: SLOW_S,
    off: 0,
    label: "Slack is slow",
    why: "Every call takes two seconds more.",
    then: "Clicks are on disk before they are answered; cards follow.",
  },
  {
    side: "slack",
    knob: "drop_ack",
    on: 1,
    off: 0,
    label: "Slack misses every answer",
    why: "Messages come again, and clicks seem to fail.",
    then: "What comes twice counts once.",
  },
  {
    side: "slack",
    knob: "deliver_twice",
    on: 1,
    off: 0,
    label: "Slack says everything twice",
    why: "Every message and click is delivered two times.",
    then: "One draft, one decision.",
  },
];

/** What happens once, at a press: `[what, label]`. */
export const TO_THE_SOCKET = [
  ["disconnect", "Ask the bot to reconnect"],
  ["reset", "Cut the bot's connection"],
];
