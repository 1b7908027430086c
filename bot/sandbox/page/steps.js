// The five steps of the tour: what each asks for, who does it, where, and what shows that it is done.
import { drafts, state } from "./state.js";

const EXAMPLE =
  "Flu jabs start on Monday for everybody over 65. Bring your card; the clinic is open from 8 to 6. #flu";

/** The first person with a role. */
const one = (role) => state.world.people.find((person) => person.role === role)?.id;
const author = () => one("staff");
const clinician = () => one("clinician");
const compliance = () => one("compliance officer");

/** The last button of that action in the thread of the tour's draft. */
const buttonOf = (action) => (tour) =>
  [...document.querySelectorAll(`.thread [data-action="${action}"]`)]
    .filter((node) => !tour.ts || node.closest(".thread").row.message.ts === tour.ts)
    .at(-1);

function editTool(tour) {
  const row = [...document.querySelectorAll(".thread > article")].find(
    ({ dataset }) => dataset.ts === tour.ts,
  );
  return [...(row?.querySelectorAll(".tool") ?? [])].find(({ textContent }) => textContent === "Edit");
}

export const STEPS = [
  {
    title: "Write a draft",
    what: "Be Ana, and type a tweet as you would type a message. A line of --- starts the next part of a thread.",
    label: "Fill in an example",
    who: author,
    where: () => document.getElementById("composer"),
    prepare() {
      const box = document.getElementById("composer");
      box.value ||= EXAMPLE;
      box.dispatchEvent(new Event("input"));
    },
  },
  {
    title: "Ask for a change",
    what: "Countersign answered with a card: what will be public, what it found, who must agree. Be Dr Chen, press Request changes and say why.",
    who: clinician,
    where: buttonOf("request_changes"),
  },
  {
    title: "Edit the draft",
    what: "Ana was told why. Be Ana, and edit your message: the card shows the new version, and everybody decides anew.",
    who: author,
    where: editTool,
  },
  {
    title: "Approve it twice",
    what: "Dr Chen answers for Clinical, Dana for Compliance. Nobody approves their own words: try it as Ana.",
    who: ({ approvers }) => (approvers.includes(clinician()) ? compliance() : clinician()),
    where: buttonOf("approve"),
  },
  {
    title: "Say when",
    what: "Nothing goes out without a time. Press When, choose as soon as it is approved, and look at X.",
    who: author,
    where: buttonOf("when"),
  },
];

export const ENDING = {
  title: "That was a tweet's whole way",
  what: "Now let something go wrong: lose X's next answer, write another draft, and see that nothing is tweeted twice. Or say tomorrow 9am, and move the clock at the top.",
};

/** What a deed makes of the tour, `{at, …}`; null when it changes nothing. */
export function ahead(tour, deed) {
  const { at } = tour;
  if (at >= STEPS.length) return null;
  if (deed.kind === "write" && deed.channel === drafts() && !deed.thread)
    return at === 0 ? { at: 1, ts: deed.ts } : null;
  if (deed.kind === "submit" && deed.form === "request_changes") return at === 1 ? { at: 2 } : null;
  if (deed.kind === "edit" && deed.ts === tour.ts) return at <= 2 ? { at: 3, approvers: [] } : null;
  if (deed.kind === "act" && deed.action === "approve")
    return { at, approvers: [...new Set([...tour.approvers, deed.user])] };
  return seen(tour);
}

/** Some things are only known by what came of them: the card offers no approval any more, the tweet is there. */
function seen({ at, ts }) {
  if (at === 0) return null;
  const thread = (state.messages ?? []).filter((one) => one.thread_ts === ts && one.bot);
  const offers = new Set(thread.flatMap((message) => (message.blocks ?? []).flatMap(actionsOf)));
  if (offers.has("take_down")) return { at: STEPS.length };
  const approved = offers.has("when") && !offers.has("approve");
  return approved && at < 4 ? { at: 4 } : null;
}

const actionsOf = (block) => (block.elements ?? []).map((element) => element.action_id);
