"""Identifiers: what the standards say about the digits of a number, without the text around it."""

from __future__ import annotations

import re
from datetime import date

from generator.model.credit_code import has_credit_check

# GB/T 2260: the first two digits of every division code that has ever been in ID numbers; 81–83 are the
# residence permits of people from Hong Kong, Macao and Taiwan. 16–20 stay out: they begin dates and serials.
PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
_PERMIT_REGIONS = ("81", "82", "83")
_YEARS = range(1900, 2051)
_MOD_11_2 = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_PREFIX = re.compile("1[1239]|2[19]|3[1-59]|4[19]|5[1-59]|6[129]|7[129]|8[19]|9[123]|A[19]|N[1239]|Y1")
# Issuers whose cards the check digit alone may betray; the others want the absence of a document as well.
_OWN_ISSUER = re.compile("62|9558|60|685800|690755|966666|984301|940")
_OTHER_ISSUER = re.compile("4.{15}$|(?:5[1-5]|22|35).{14}$|(?:6[89]|9[08]).{14,17}$")
_SHORT_AREA = re.compile("010|02[0-5789]")
_LONG_AREA = re.compile("0[3-9]")
_SUBSCRIBERS = frozenset("2345678")
# The states from which almost all foreign residents come, as the permit of before 2023 printed them.
_STATE = re.compile(
    "A(?:FG|RE|RG|US|UT)|B(?:EL|GD|RA)|C(?:AN|HE|HN|UB)|D(?:EU|NK)|E(?:GY|SP)|F(?:IN|RA)|G(?:BR|RC)|"
    "I(?:DN|ND|RL|RN|SR|TA)|JPN|K(?:AZ|HM|OR)|L(?:AO|KA)|M(?:MR|NG|YS)|N(?:GA|LD|OR|PL|ZL)|P(?:AK|HL|OL|RK|RT)|"
    "RUS|S(?:AU|GP|WE)|T(?:HA|UR)|U(?:KR|SA|ZB)|VNM|ZAF"
)


def is_day(digits: str) -> bool:
    """Return whether eight digits are a day on which somebody now in a list may have been born."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if year not in _YEARS:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def has_check_digit(number: str) -> bool:
    """Return whether 18 marks end in the check mark of GB 11643."""
    weighted = sum(int(digit) * weight for digit, weight in zip(number[:17], _MOD_11_2, strict=True))
    return "10X98765432"[weighted % 11] == number[17]


def is_citizen_id(number: str) -> bool:
    """Return whether 18 marks are a citizen's or a 港澳台 resident's number: region, day, check mark."""
    return (
        number[:2] in PROVINCES and number[:17].isdigit() and is_day(number[6:14]) and has_check_digit(number)
    )


def is_permit_region(number: str) -> bool:
    """Return whether the number of a citizen is that of a 港澳台居民居住证."""
    return number.startswith(_PERMIT_REGIONS)


def is_foreign_permit(number: str) -> bool:
    """Return whether 18 digits are a foreigner's permit of 2023: 9, province, state, day, check digit."""
    return number[0] == "9" and number[1:3] in PROVINCES and is_day(number[6:14]) and has_check_digit(number)


def is_old_foreign_permit(number: str) -> bool:
    """Return whether three letters and twelve digits are a permanent resident's number of before 2023."""
    return _STATE.match(number) is not None and number[3:5] in PROVINCES and is_day(f"19{number[7:13]}")


def is_old_citizen_id(digits: str) -> bool:
    """Return whether 15 digits may be a number of the first generation; it has no check digit."""
    return digits[:2] in PROVINCES and is_day(f"19{digits[6:12]}")


def is_luhn(digits: str) -> bool:
    """Return whether digits end in the check digit of ISO/IEC 7812."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def is_own_card(digits: str) -> bool:
    """Return whether 16 to 19 digits are a card that a bank of this country issued."""
    return 16 <= len(digits) <= 19 and _OWN_ISSUER.match(digits) is not None and is_luhn(digits)


def is_card(digits: str) -> bool:
    """Return whether 16 to 19 digits may be anybody's bank card."""
    if is_own_card(digits):
        return True
    return _OTHER_ISSUER.match(digits) is not None and is_luhn(digits)


def is_mobile(digits: str) -> bool:
    """Return whether eleven digits are in the mobile numbering plan."""
    return len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789" and digits.isdigit()


def is_landline(digits: str) -> bool:
    """Return whether digits are an area code and a subscriber's number; 000 is nobody's, for examples."""
    if _SHORT_AREA.match(digits):
        return len(digits) in (10, 11) and digits[3] in _SUBSCRIBERS
    return _LONG_AREA.match(digits) is not None and len(digits) in (11, 12) and digits[4] in _SUBSCRIBERS


def is_credit_code(code: str) -> bool:
    """Return whether 18 marks are a unified credit code: prefix of a body and check mark of GB 32100."""
    return _CREDIT_PREFIX.match(code) is not None and has_credit_check(code)


def has_organisation(code: str) -> bool:
    """Return whether marks 9 to 17 of a unified credit code end in the check mark of GB 11714."""
    weighted = sum(int(mark, 36) * weight for mark, weight in zip(code[8:16], _ORGANISATION, strict=True))
    return "0123456789X0"[11 - weighted % 11] == code[16]
