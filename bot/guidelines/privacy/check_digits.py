"""Check digits: what tells a number from a row of digits."""

_MEDICARE = (1, 3, 7, 9, 1, 3, 7, 9)
_MODULUS_11 = range(10, 1, -1)
_DNI = "TRWAGMYFPDXBNJZSQVHLCKE"
_PPS = "WABCDEFGHIJKLMNOPQRSTUV"


def digits_of(text: str) -> str:
    """Return the ASCII digits of a text alone."""
    return "".join(character for character in text if character in "0123456789")


def luhn(digits: str) -> bool:
    """Payment cards, Canada's SIN, Australia's IHI (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def modulus_11(digits: str) -> bool:
    """England's NHS number and Scotland's CHI number: ten digits."""
    total = sum(int(d) * w for d, w in zip(digits, _MODULUS_11, strict=False))
    control = -total % 11
    return len(digits) == 10 and control == int(digits[9])


def medicare(digits: str) -> bool:
    """Australia's Medicare card: ten digits, or eleven with the person's place on it."""
    if len(digits) not in (10, 11) or digits[0] not in "23456":
        return False
    total = sum(int(d) * w for d, w in zip(digits, _MEDICARE, strict=False))
    return total % 10 == int(digits[8])


def iban(text: str) -> bool:
    """Tell an international bank account number (ISO 13616) by modulo 97."""
    plain = text.replace(" ", "").upper()
    if not 15 <= len(plain) <= 34:
        return False
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def dni(text: str) -> bool:
    """Spain's DNI and NIE: the letter is the number modulo 23."""
    plain = text.replace("-", "").replace(" ", "").upper()
    number = plain[:-1].translate(str.maketrans("XYZ", "012"))
    return number.isdecimal() and _DNI[int(number) % 23] == plain[-1]


def pps(text: str) -> bool:
    """Ireland's PPS number: seven digits, a letter that checks them, perhaps a second one."""
    plain = text.replace(" ", "").upper()
    total = sum(int(d) * w for d, w in zip(plain[:7], range(8, 1, -1), strict=True))
    if len(plain) == 9:
        total += 9 * max(0, ord(plain[8]) - ord("A") + 1) * (plain[8] != "W")
    return _PPS[total % 23] == plain[7]
