// On a narrow screen one part of the page is shown at a time; links to tweets lead to the X part.
const TWEET = /^#(tweet-\d+)$/;

let show;

/** Shows one part of the page; on a wide screen all are there, and the faults are unfolded. */
export function showTab(name) {
  show(name);
  if (name === "faults") document.dispatchEvent(new CustomEvent("unfold"));
}

/** Wires the tabs, the count of new tweets on X's tab, and links to tweets. */
export function wireTabs(place) {
  const count = place.querySelector(".count");
  let news = 0;
  show = (name) => {
    document.body.dataset.tab = name;
    for (const button of place.children) {
      if (button.dataset.tab === name) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    if (name === "x") news = 0;
    count.hidden = news === 0;
  };
  place.addEventListener("click", (event) => {
    const name = event.target.closest("button")?.dataset.tab;
    if (name) show(name);
  });
  document.addEventListener("tweets", ({ detail }) => {
    if (document.body.dataset.tab !== "x") news += detail;
    count.textContent = `${news} new`;
    count.hidden = news === 0;
  });
  const follow = () => {
    const id = TWEET.exec(location.hash)?.[1];
    if (!id) return;
    show("x");
    const tweet = document.getElementById(id);
    tweet?.scrollIntoView({ block: "center" });
    tweet?.focus();
  };
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    if (event.target.closest("a")?.hash === location.hash) follow(); // the same link again
  });
}
