"""The strict check of a create body, by hand-picked cases and against X's own schema."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from bot.sandbox.x.answer import RefusedError
from bot.sandbox.x.body import faults_in, parsed

ID = "1234567890123456789"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "hello"},
        {"poll": {"options": ["a", "b" * 25], "duration_minutes": 5}},
        {
            "poll": {
                "options": list("abcd"),
                "duration_minutes": 10080,
                "reply_settings": "verified",
            }
        },
        {"media": {"media_ids": [ID] * 4, "tagged_user_ids": []}},
        {"reply": {"in_reply_to_tweet_id": ID, "exclude_reply_user_ids": ["1"]}},
        {"reply_settings": "subscribers", "made_with_ai": False, "geo": {"place_id": "x"}},
    ],
)
def test_what_is_well_formed(body: dict[str, Any]) -> None:
    assert faults_in(body) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([], "$: array found, object expected"),
        ({"text": 1}, "$.text: integer found, string expected"),
        ({"text": None}, "$.text: null found, string expected"),
        ({"texts": "x"}, "$.texts: is not defined in the schema"),
        ({"nullcast": 1}, "$.nullcast: integer found, boolean expected"),
        ({"quote_tweet_id": "12a"}, "$.quote_tweet_id: does not match the regex"),
        ({"quote_tweet_id": "1" * 20}, "$.quote_tweet_id: does not match the regex"),
        ({"reply_settings": "everyone"}, "does not have a value in the enumeration"),
        ({"reply": {}}, "$.reply.in_reply_to_tweet_id: is missing but it is required"),
        ({"media": {"media_ids": []}}, "$.media.media_ids: must have 1 to 4 items"),
        ({"media": {"media_ids": ["x"]}}, "$.media.media_ids[0]: does not match"),
        ({"media": {"media_ids": {}}}, "$.media.media_ids: object found, array expected"),
        ({"poll": {"options": ["a", ""], "duration_minutes": 5}}, "1 to 25 characters long"),
        ({"poll": {"options": ["a", "b"], "duration_minutes": 4}}, "must be from 5 to 10080"),
        ({"poll": {"options": ["a", "b"], "duration_minutes": True}}, "boolean found"),
        ({"poll": {"options": ["a", "b"], "duration_minutes": 5.5}}, "number found"),
        ({"geo": "x"}, "$.geo: string found, object expected"),
    ],
)
def test_what_is_not_is_said(body: Any, words: str) -> None:
    (fault,) = faults_in(body)
    assert words in fault


@pytest.mark.parametrize(
    "body",
    [
        {"quote_tweet_id": "1", "media": {"media_ids": ["1"]}},
        {"card_uri": "x", "poll": {"options": ["a", "b"], "duration_minutes": 5}},
    ],
)
def test_attachments_exclude_each_other(body: dict[str, Any]) -> None:
    with pytest.raises(RefusedError) as caught:
        parsed(json.dumps(body).encode(), "application/json")
    assert "exclude each other" in caught.value.answer.body["errors"][0]["message"]


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, 4, 5, 10080, 10081, 5.0, 5.5, "", "x", "b" * 26, [], {}]
)
IDS = st.sampled_from([ID, "1", "0" * 19, "1" * 20, "", "x", "1 ", "\u0661"]) | ODD
OPTIONS = st.lists(st.sampled_from(["a", "b" * 25, "b" * 26, "", 1]), max_size=5) | ODD
SETTINGS = st.sampled_from(["following", "mentionedUsers", "everyone"]) | ODD
MINUTES = st.integers(0, 10100) | ODD


def record(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional={**keys, "surprise": ODD}) | ODD


BODIES = record(
    text=st.text(max_size=3) | ODD,
    card_uri=ODD,
    community_id=IDS,
    direct_message_deep_link=ODD,
    edit_options=record(previous_post_id=IDS),
    for_super_followers_only=ODD,
    geo=record(place_id=ODD),
    made_with_ai=ODD,
    media=record(
        media_ids=st.lists(IDS, max_size=5) | ODD,
        tagged_user_ids=st.lists(IDS, max_size=11) | ODD,
        description=ODD,
        embeddable=ODD,
        preview_media_id=IDS,
        title=ODD,
        call_to_actions=record(
            app_install=record(app_store_id=ODD, ipad_app_store_id=ODD, play_store_id=ODD),
            visit_site=record(url=ODD),
            watch_now=record(url=ODD),
        ),
    ),
    nullcast=ODD,
    paid_partnership=ODD,
    poll=record(options=OPTIONS, duration_minutes=MINUTES, reply_settings=SETTINGS),
    quote_tweet_id=IDS,
    reply=record(
        in_reply_to_tweet_id=IDS,
        auto_populate_reply_metadata=ODD,
        exclude_reply_user_ids=st.lists(ODD, max_size=2) | ODD,
    ),
    reply_settings=SETTINGS,
    share_with_followers=ODD,
)

WELL_FORMED = st.fixed_dictionaries(
    {},
    optional={
        "text": st.text(max_size=5),
        "poll": st.fixed_dictionaries(
            {
                "options": st.lists(st.text(min_size=1, max_size=25), min_size=2, max_size=4),
                "duration_minutes": st.integers(5, 10080),
            }
        ),
        "reply": st.fixed_dictionaries(
            {"in_reply_to_tweet_id": st.from_regex("[0-9]{1,19}", fullmatch=True)}
        ),
        "made_with_ai": st.booleans(),
    },
)


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    folder = os.environ.get("COUNTERSIGN_REFERENCE")
    if not folder:
        pytest.skip("COUNTERSIGN_REFERENCE is not set: X's schema may not be shipped")
    text = (Path(folder) / "data/x/create_post.schema.json").read_text(encoding="utf-8")
    reference = "#/components/schemas/CreatePostsRequest"
    return Draft7Validator({"$ref": reference, "components": {"schemas": json.loads(text)}})


@pytest.mark.reference
@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of the schema
@settings(max_examples=500, deadline=None)
@given(body=BODIES | WELL_FORMED)
def test_the_check_agrees_with_the_schema_of_x(schema: Draft7Validator, body: Any) -> None:
    assert (faults_in(body) == []) == schema.is_valid(body), faults_in(body)


@pytest.mark.reference
@settings(max_examples=200, deadline=None)
@given(body=st.fixed_dictionaries({}, optional={"key": ODD}), data=st.data())
def test_one_wrong_key_is_found_by_both(
    schema: Draft7Validator, body: dict[str, Any], data: st.DataObject
) -> None:
    whole: Any = schema.schema
    properties = whole["components"]["schemas"]["CreatePostsRequest"]["properties"]
    key = data.draw(st.sampled_from(sorted(properties)))
    one = {key: body.get("key", "1")}
    assert (faults_in(one) == []) == schema.is_valid(one)
