"""A broken pack is refused with the file and the line of each mistake."""

import textwrap

import pytest

from bot.guidelines.patterns import PatternError, compiled, runs_away
from bot.guidelines.reading import Source, read_packs
from bot.guidelines.trial import is_slow

SOUND = """\
pack: ours
version: '3'
lexicons:
  drinks: [tea, coffee]
rules:
  - id: OUR-01
    title: Drinks
    jurisdiction: [UK]
    severity: warn
    severity_by_jurisdiction: {AU: block}
    escalate: {to: block, detect: {any: ['free']}}
    override: reason
    detect:
      when: [no_link]
      any: ['\\b{drinks}\\b']
      unless: ['not']
    message: Say nothing of drinks.
    citation: {title: Our book, address: 'https://clinic.example/book', clause: page 1}
    examples:
      positive: ['We have tea']
      negative: ['We have water', {text: 'We have coffee https://a.org', is_reply: true}]
"""


def mistakes(*texts: str) -> list[str]:
    sources = [Source(f"{n}.yaml", text) for n, text in enumerate(texts)]
    return read_packs(sources)[2]


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new)


def test_a_sound_pack_has_no_mistake() -> None:
    (pack,), lexicons, found = read_packs([Source("ours.yaml", SOUND)])
    assert found == []
    assert lexicons == {"drinks": ("tea", "coffee")}
    assert pack.name == "ours"
    assert pack.version.startswith("3+")


def test_the_version_tells_that_a_byte_was_changed() -> None:
    other = changed("page 1", "page 2")
    versions = {read_packs([Source("x", text)])[0][0].version for text in (SOUND, other)}
    assert len(versions) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("pack: ours", "pack: [", 3, "this is not YAML"),
        ("version: '3'\n", "", 1, "version must be words"),
        ("pack: ours\n", "pack: ours\nbag: 1\n", 2, "nothing is called 'bag' here"),
        ("    title: Drinks\n", "    title: A\n    title: B\n", 8, "'title' is said twice"),
        ("OUR-01", "our rule", 6, "'our rule' is no id of a rule"),
        ("    title: Drinks\n", "", 6, "title must be words"),
        ("[UK]", "[UK, Mars]", 8, "'Mars' is unknown here; it may be US, UK"),
        ("    jurisdiction: [UK]\n", "", 6, "a rule needs its jurisdiction"),
        ("severity: warn", "severity: loud", 9, "'loud' is unknown here; it may be block"),
        ("    severity: warn\n", "", 6, "a rule needs a severity"),
        ("{AU: block}", "{Mars: block}", 10, "'Mars' is no jurisdiction"),
        ("to: block, detect: {any: ['free']}", "to: block", 11, "a rule needs detect"),
        ("override: reason", "override: maybe", 12, "'maybe' is unknown here; it may be none"),
        ("[no_link]", "[at_night]", 14, "there is no condition 'at_night'"),
        ("{drinks}", "{meals}", 15, "there is no lexicon 'meals'"),
        ("\\b{drinks}\\b", "(tea", 15, "the pattern does not compile"),
        ("\\b{drinks}\\b", "(?:\\w+\\s?)+$", 15, "the pattern can run away"),
        ("\\b{drinks}\\b", "\\d*\\d*x", 15, "the pattern is too slow"),
        ("any: ['\\b{drinks}\\b']", "check: sniff", 14, "there is no check 'sniff'"),
        ("any: ['\\b{drinks}\\b']", "scope: all", 14, "scope must be prose or raw"),
        ("any: ['\\b{drinks}\\b']", "all: ['x']", 14, "detect needs `any` with patterns"),
        ("    message: Say nothing of drinks.\n", "", 6, "message must be words"),
        ("address: 'https://clinic.example/book'", "address: here", 18, "must be an http address"),
        (", clause: page 1", "", 18, "clause must be words"),
        ("      positive: ['We have tea']\n", "", 20, "a rule needs examples"),
        ("['We have tea']", "[[tea]]", 20, "an example is a text"),
        ("['We have tea']", "[{text: a, media: [b]}]", 20, "a medium is a table"),
        ("[tea, coffee]", "tea", 4, "drinks must be a list"),
        ("[tea, coffee]", "[[tea]]", 4, "drinks must be a list of words"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, line: int, words: str) -> None:
    found = mistakes(changed(old, new))
    assert any(told.startswith(f"0.yaml, line {line}: ") and words in told for told in found), found


def test_a_rule_without_examples_is_refused() -> None:
    text = SOUND[: SOUND.index("    examples:")]
    assert mistakes(text) == ["0.yaml, line 6: a rule needs examples."]


def test_two_rules_with_one_id_are_refused_and_both_places_told() -> None:
    second = changed("  drinks: [tea, coffee]", "  meals: [soup]").replace("pack: ours", "pack: b")
    assert mistakes(SOUND, second) == [
        "1.yaml, line 6: there is a rule OUR-01 already, in 0.yaml, line 6."
    ]


def test_two_lexicons_with_one_name_are_refused() -> None:
    second = SOUND.replace("OUR-01", "OUR-02")
    assert mistakes(SOUND, second) == ["1.yaml, line 4: there is a lexicon 'drinks' already."]


@pytest.mark.parametrize(
    "text", ["", "- a\n- b", "just words", "rules: [1, 2]\npack: a\nversion: b", "a: \x00"]
)
def test_what_is_no_pack_is_refused_and_not_raised(text: str) -> None:
    assert mistakes(text)


def test_parameters_of_a_check_are_checked() -> None:
    detect = textwrap.indent("check: hashtag_count\nparams: {max: many, min: 1}\n", " " * 6)
    start, end = SOUND.index("      when:"), SOUND.index("    message:")
    assert mistakes(SOUND[:start] + detect + SOUND[end:]) == [
        "0.yaml, line 15: max must be a whole number.",
        "0.yaml, line 15: nothing is called 'min' here.",
    ]


@pytest.mark.parametrize(
    "pattern",
    ["(?:a+)+b", "(a|ab)*c", "(?:\\w+ )*x", "(?:a?){50}b", "((?:a{1,3})+)b", "(?:(?=x)(?:ab?)*)+"],
)
def test_a_pattern_that_could_run_away_is_known_by_its_structure(pattern: str) -> None:
    assert runs_away(pattern)
    with pytest.raises(PatternError, match="can run away"):
        compiled(pattern, {})


@pytest.mark.parametrize(
    "pattern",
    ["(?:a++)+b", "(?:a|b)*+c", "[ab]*c", "(?:\\w+ ){0,3}x", "(?:ab)+", "(?>a+|b)*c", "a.{0,60}b"],
)
def test_a_pattern_that_cannot_run_away_is_taken(pattern: str) -> None:
    assert not runs_away(pattern)
    assert compiled(pattern, {}).flags


def test_a_trial_ends_as_soon_as_a_pattern_is_slow() -> None:
    ticks = iter(range(1_000))
    assert is_slow(compiled("a", {}), clock=lambda: next(ticks))
    assert not is_slow(compiled("\\bcures?\\b", {}), ["It cures all"])
