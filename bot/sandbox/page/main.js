// Starts the page: asks who is there, builds the parts, and follows the stream of changes.
import * as api from "./api.js";
import { showChannel } from "./channel.js";
import { showChannels } from "./channels.js";
import { showClock } from "./clock.js";
import { showFaults } from "./faults.js";
import { openHome, showHome } from "./home.js";
import { followViews } from "./modal.js";
import { showPeople } from "./people.js";
import { followPermalinks } from "./permalink.js";
import { follow, load, loadAll, on, set, state } from "./state.js";
import { showStatus } from "./status.js";
import { wireTabs } from "./tabs.js";
import { showTimeline } from "./timeline.js";
import { showTour } from "./tour.js";

const RETRY_MS = 1000;
const place = (id) => document.getElementById(id);

async function start() {
  const world = await api.world().catch(() => null);
  if (!world) {
    set({ alive: false });
    return setTimeout(start, RETRY_MS);
  }
  const kept = world.people.find(({ id }) => id === sessionStorage.getItem("me"));
  state.world = world;
  state.me = (kept ?? world.people[0]).id;
  build();
  set({ channel: world.channels[0].id, account: world.accounts[0].id, alive: true });
  api.stream(follow, (alive) => {
    set({ alive });
    if (alive) loadAll(); // what happened while the stream was away
  });
  return undefined;
}

function build() {
  showPeople(place("people"));
  showClock(place("clock"));
  showChannels(place("channels"));
  showTour(place("tour"));
  showChannel(place("channel"));
  showHome(place("home"));
  showTimeline(place("x"));
  showFaults(place("faults"));
  followViews(place("modal"));
  wireTabs(place("tabs"));
  followPermalinks();
  on(["me", "channel"], load.messages);
  on(["me"], load.views);
  on(["me", "channel"], openHome);
  on(["account"], load.tweets);
}

showStatus(place("status"));
start();
