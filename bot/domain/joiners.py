"""Where a script needs the zero-width joiner (ZWJ) and non-joiner (ZWNJ).

The contexts are those of UAX #31 (A1, A2 and B): a joiner is needed where it changes what is
drawn. Two are added, both from the Unicode Standard's chapters on the scripts: ZWJ on one open
side of a cursive letter shows that letter's joined form (Arabic abbreviations), and ZWJ before a
virama chooses the Bengali ya-phalaa and the Kannada repha.
"""

from unicodedata import category, combining

ZWNJ = "\u200c"
ZWJ = "\u200d"

# Joining types of Unicode's ArabicShaping.txt (18.0), for Arabic, Syriac, N'Ko, Mandaic,
# Mongolian, Phags-pa, Hanifi Rohingya and Adlam.
_JOINS_BOTH_SIDES = """
0620 0626 0628 062A-062E 0633-063F 0641-0647 0649-064A 066E-066F 0678-0687 069A-06BF 06C1-06C2
06CC 06CE 06D0-06D1 06FA-06FC 06FF 0712-0714 071A-071D 071F-0727 0729 072B 072D-072E 074E-0758
075C-076A 076D-0770 0772 0775-0777 077A-077F 07CA-07EA 0841-0845 0848 084A-0853 0855 0860
0862-0865 0868 0886 0889-088D 088F 08A0-08A9 08AF-08B0 08B3-08B8 08BA-08C8 1807 1820-1878
1887-18A8 18AA A840-A871 10D01-10D21 10D23 1E900-1E943
"""
_JOINS_NEXT = "A872 10D00"
_JOINS_PREVIOUS = """
0622-0625 0627 0629 062F-0632 0648 0671-0673 0675-0677 0688-0699 06C0 06C3-06CB 06CD 06CF
06D2-06D3 06D5 06EE-06EF 0710 0715-0719 071E 0728 072A 072C 072F 074D 0759-075B 076B-076C 0771
0773-0774 0778-0779 0840 0846-0847 0849 0854 0856-0858 0867 0869-086A 0870-0882 088E 08AA-08AC
08AE 08B1-08B2 08B9 10D22
"""
_VIRAMA = 9  # canonical combining class


def _letters(ranges: str) -> frozenset[str]:
    """Spell out ranges of hexadecimal code points."""
    ends = [part.split("-") for part in ranges.split()]
    return frozenset(chr(c) for end in ends for c in range(int(end[0], 16), int(end[-1], 16) + 1))


_TO_NEXT = _letters(_JOINS_BOTH_SIDES + _JOINS_NEXT)
_TO_PREVIOUS = _letters(_JOINS_BOTH_SIDES + _JOINS_PREVIOUS)


def needed(text: str, at: int) -> bool:
    """Whether the ZWJ or ZWNJ at `text[at]` changes what its neighbours look like."""
    before, virama = _before(text, at)
    after = _after(text, at)
    joins = before in _TO_NEXT, after in _TO_PREVIOUS
    if text[at] == ZWNJ:
        return all(joins) or (virama and _is_letter(after))
    if joins[0] != joins[1]:
        return True
    return _is_letter(before) and (virama or _virama_follows(text, at)) and not _vowel(text, at)


def _before(text: str, at: int) -> tuple[str, bool]:
    """Return the character that the marks before `at` stand on, and whether one is a virama."""
    virama = False
    while at > 0 and (combined := combining(text[at - 1])):
        virama = virama or combined == _VIRAMA
        at -= 1
    base = text[at - 1] if at > 0 else ""
    return base, virama and _is_letter(base)


def _after(text: str, at: int) -> str:
    """Return the first character behind `at` that is no mark."""
    at += 1
    while at < len(text) and combining(text[at]):
        at += 1
    return text[at : at + 1]


def _virama_follows(text: str, at: int) -> bool:
    """Whether a virama and then a letter come next."""
    return combining(text[at + 1 : at + 2] or " ") == _VIRAMA and _is_letter(_after(text, at))


def _vowel(text: str, at: int) -> bool:
    """Whether a vowel sign comes next."""
    following = text[at + 1 : at + 2]
    return bool(following) and category(following)[0] == "M" and not combining(following)


def _is_letter(character: str) -> bool:
    """Whether it is one, and a letter."""
    return bool(character) and category(character)[0] == "L"
