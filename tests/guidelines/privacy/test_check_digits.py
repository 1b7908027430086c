"""Check digits: the one that is right, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidelines.privacy.check_digits import (
    digits_of,
    dni,
    iban,
    luhn,
    medicare,
    modulus_11,
    pps,
)

digits = st.text("0123456789", min_size=8, max_size=18)


@given(digits)
def test_one_last_digit_fits_a_card(number: str) -> None:
    assert sum(luhn(number + last) for last in "0123456789") == 1


@given(digits.filter(lambda text: len(set(text)) > 1), st.data())
def test_a_mistyped_digit_is_noticed_on_a_card(number: str, data: st.DataObject) -> None:
    whole = next(number + last for last in "0123456789" if luhn(number + last))
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != whole[at]))
    assert not luhn(whole[:at] + other + whole[at + 1 :])


@given(st.text("0123456789", min_size=9, max_size=9))
def test_at_most_one_last_digit_fits_an_nhs_number(number: str) -> None:
    assert sum(modulus_11(number + last) for last in "0123456789") <= 1


@given(st.text("0123456789", min_size=8, max_size=8), st.sampled_from("0123456789"))
def test_one_ninth_digit_fits_a_medicare_card(number: str, issue: str) -> None:
    holds = [medicare(number + check + issue) for check in "0123456789"]
    assert sum(holds) == (number[0] in "23456")


@pytest.mark.parametrize(
    ("holds", "right", "wrong"),
    [
        (luhn, "4111111111111111", "4111111111111112"),
        (modulus_11, "9434765919", "9434765918"),
        (modulus_11, "9434765919", "943476591"),
        (medicare, "2123456701", "2123456711"),
        (iban, "GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 33"),
        (iban, "de89370400440532013000", "DE89"),
        (dni, "12345678Z", "12345678A"),
        (dni, "X1234567L", "X1234567A"),
        (pps, "1234567T", "1234567A"),
        (pps, "1234567FA", "1234567TA"),
    ],
)
def test_known_numbers(holds: object, right: str, wrong: str) -> None:
    assert callable(holds)
    assert holds(right)
    assert not holds(wrong)


def test_digits_of_other_scripts_are_none() -> None:
    assert digits_of("1-2٣4") == "124"
