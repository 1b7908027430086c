"""Check digits: what tells a number from a row of digits."""

_MEDICARE = (1, 3, 7, 9, 1, 3, 7, 9)
_MODULUS_11 = range(10, 1, -1)
_DNI = "TRWAGMYFPDXBNJZSQVHLCKE"
_PESEL = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_ODD = (
    1,
    0,
    5,
    7,
    9,
    13,
    15,
    17,
    19,
    21,
    2,
    4,
    18,
    20,
    11,
    3,
    6,
    8,
    12,
    14,
    16,
    10,
    22,
    25,
    24,
    23,
)
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


def pesel(text: str) -> bool:
    """Poland's PESEL: eleven digits, the last of which is weighed out."""
    digits = digits_of(text)
    total = sum(int(d) * w for d, w in zip(digits, _PESEL, strict=False))
    return len(digits) == 11 and -total % 10 == int(digits[10])


def bsn(text: str) -> bool:
    """Tell a BSN of the Netherlands: nine digits, the last of which counts against the others."""
    digits = digits_of(text)
    total = sum(int(d) * w for d, w in zip(digits, (*range(9, 1, -1), -1), strict=False))
    return len(digits) == 9 and digits != "000000000" and total % 11 == 0


def tax_id(text: str) -> bool:
    """Germany's tax number (ISO 7064, modulo 11, 10)."""
    digits = digits_of(text)
    product = 10
    for digit in digits[:-1]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return len(digits) == 11 and digits[0] != "0" and (11 - product) % 10 == int(digits[10])


def nir(text: str) -> bool:
    """France's NIR: thirteen digits and a key that fills them up to modulo 97."""
    digits = digits_of(text)
    return len(digits) == 15 and 97 - int(digits[:13]) % 97 == int(digits[13:])


def codice_fiscale(text: str) -> bool:
    """Italy's codice fiscale: its last letter checks the fifteen characters before it."""
    values = [int(character, 36) - 10 * character.isalpha() for character in text.upper()]
    total = sum(value if place % 2 else _ODD[value] for place, value in enumerate(values[:15]))
    return total % 26 == values[15]
