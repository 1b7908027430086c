"""Slack's text as the page reads it: mrkdwn, times of zones, and blocks that it does not know."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture(scope="module")
def page(browser: Browser, sandbox: str) -> Iterator[Page]:
    """One page for the whole module: these tests only ask its functions."""
    page = browser.new_context(locale="en-GB", timezone_id="Etc/UTC").new_page()
    page.goto(sandbox)
    expect(page.locator("#channel-name")).to_have_text("#tweets")
    yield page
    page.context.close()


SHOW = """async (text) => {
    const { mrkdwn } = await import("/page/mrkdwn.js");
    const box = document.createElement("div");
    box.append(...mrkdwn(text));
    const told = (name) => name !== "href";
    for (const node of box.querySelectorAll("*"))
        for (const name of node.getAttributeNames().filter(told)) node.removeAttribute(name);
    return box.innerHTML;
}"""

MRKDWN = [
    ("*b* _i_ ~s~ `c*d*`", "<strong>b</strong> <em>i</em> <s>s</s> <code>c*d*</code>"),
    ("*_both_*", "<strong><em>both</em></strong>"),
    ("2*3*4 a_b_c * x *", "2*3*4 a_b_c * x *"),
    ("*not\nbold*", "*not\nbold*"),
    ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
    ("<https://a.b/c|L&amp;>", '<a href="https://a.b/c">L&amp;</a>'),
    ("<javascript:alert(1)|x>", "x (javascript:alert(1))"),
    ("see https://a.b/c_d.", 'see <a href="https://a.b/c_d">https://a.b/c_d</a>.'),
    ("<@U0AUTHOR1> <@U9|zed>", "<span>@Ana Ruiz</span> <span>@zed</span>"),
    ("<#C0DRAFTS|n> <!here>", "<span>#tweets</span> <span>@here</span>"),
    ("<!date^0^{date_num} {time}|f>", "<time>1970-01-01 01:00</time>"),
    ("<!date^soon^{time}|later>", "later"),
    (":tada: :nope: :+1::skin-tone-3:", "🎉 :nope: 👍🏼"),
    ("```*x*\ny```\nafter", "<pre>*x*\ny</pre>after"),
    ("&gt; q\n&gt; r\nno", "<blockquote>q\nr</blockquote>no"),
]


@pytest.mark.parametrize(("text", "shown"), MRKDWN)
def test_mrkdwn_is_shown_as_slack_shows_it(page: Page, text: str, shown: str) -> None:
    assert page.evaluate(SHOW, text) == shown


@pytest.mark.parametrize("piece", [" *a", "<", ":a", " *_~", "`", " *a*", "&gt;\n", "<@"])
def test_long_hostile_text_is_quick(page: Page, piece: str) -> None:
    took = """async (text) => {
        const { mrkdwn } = await import("/page/mrkdwn.js");
        const start = performance.now();
        mrkdwn(text);
        return performance.now() - start;
    }"""
    assert page.evaluate(took, piece * (40_000 // len(piece))) < 2000


@pytest.mark.parametrize(
    ("wall", "zone", "unix"),
    [
        ("2026-07-01T09:00", "America/New_York", 1_782_910_800),
        ("2026-12-01T09:00", "Europe/Madrid", 1_796_112_000),
        ("2026-03-29T01:30", "Europe/London", 1_774_747_800),  # skipped: half an hour later
        ("2026-07-01T09:00", "No/Where", 1_782_896_400),
    ],
)
def test_a_wall_clock_time_is_that_of_its_zone(page: Page, wall: str, zone: str, unix: int) -> None:
    read = 'async ([wall, zone]) => (await import("/page/times.js")).fromWall(wall, zone)'
    assert page.evaluate(read, [wall, zone]) == unix


def test_unknown_and_broken_blocks_are_shown_as_json_beside_their_neighbours(page: Page) -> None:
    draw = """async (blocks) => {
        const { showBlocks } = await import("/page/blocks.js");
        const box = document.createElement("div");
        showBlocks(box, blocks, { act: () => {} });
        return [...box.children].map((node) => node.textContent);
    }"""
    blocks = [
        {"type": "hologram", "beam": "<b>"},
        {"type": "context"},
        {"type": "header", "text": {"type": "plain_text", "text": "Still here"}},
    ]
    shown = page.evaluate(draw, blocks)
    assert '"beam": "<b>"' in shown[0]
    assert "context" in shown[1]
    assert shown[2] == "Still here"
