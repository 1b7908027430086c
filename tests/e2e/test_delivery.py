"""Slack delivers twice, late and in the wrong order, and loses acknowledgements."""

from tests.e2e.town import ANA, CHANNEL, Town


def sendings(town: Town) -> dict[str, int]:
    """How often each event has been sent."""
    return {event["id"]: len(event["sent"]) for event in town.people.traffic()["envelopes"]}


def test_everything_delivered_twice_makes_one_card_and_one_tweet(shared: Town) -> None:
    text = "Everything twice is still once."
    shared.people.set_faults(slack={"deliver_twice": 1.0})
    ts = shared.publish(text)
    shared.shows(ts, "Published")
    assert len(shared.tweets(text)) == 1


def test_an_original_that_is_delivered_again_does_not_revert_an_edit(shared: Town) -> None:
    earlier = sendings(shared)
    shared.people.set_faults(
        slack={"drop_ack": 1.0, "ack_window_s": 0.3, "redelivery_s": [0.2] * 100}
    )
    ts = shared.draft("The clinic is closed on Monday.")
    shared.edit(ts, "The clinic is open on Monday.")
    so_far = {event: sent for event, sent in sendings(shared).items() if event not in earlier}
    shared.wait(
        lambda: all(sendings(shared)[event] > sent for event, sent in so_far.items()),
        "the redelivery of everything, after the edit",
    )
    shared.people.set_faults(slack={"drop_ack": 0.0})
    shared.draft("Something later, so that every event has been taken in.")
    card = shared.shows(ts, "In review")
    assert card.texts == ("The clinic is open on Monday.",)


def test_lost_acknowledgements_lose_nothing(shared: Town) -> None:
    text = "Acknowledgements may get lost."
    shared.people.set_faults(
        slack={"drop_ack": 0.5, "ack_window_s": 0.3, "redelivery_s": [0.1, 0.1, 0.1]}
    )
    ts = shared.draft(text)
    shared.edit(ts, f"{text} Drafts do not.")
    shared.wait(
        lambda: (c := shared.card(ts)) and c.texts == (f"{text} Drafts do not.",), "the edit"
    )
    shared.people.delete(ANA, CHANNEL, ts)
    shared.shows(ts, "Withdrawn")


def test_a_preview_added_by_slack_is_no_edit(shared: Town) -> None:
    text = "How vaccines are tested: example.com/how"
    ts = shared.draft(text)
    shared.approve_as("U0CLINIC1", ts)
    shared.people.unfurl(CHANNEL, ts)
    shared.people.react(ANA, CHANNEL, ts, "tada")
    shared.write("A reply changes nothing either.", thread_ts=ts)
    shared.draft("A later draft, so that the preview has been taken in.")
    shared.wait(
        lambda: shared.shows(ts, "In review").approved_by == {"U0CLINIC1"},
        "the approval, which the preview left alone, on the card",
    )


def test_a_card_whose_posting_was_not_answered_is_not_posted_twice(shared: Town) -> None:
    shared.people.set_faults(slack={"api_lose_answer": 1})
    ts = shared.draft("One card is enough for anybody.")
    shared.people.edit(ANA, CHANNEL, ts, "One card is enough for everybody.")
    shared.typed.append("One card is enough for everybody.")
    shared.wait(lambda: (c := shared.card(ts)) and "everybody" in c.texts[0], "the card, redrawn")
