"""Synthetic identifiers, made when a test runs; nothing here is shared with the detectors, on purpose."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

DIGITS = "0123456789"
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
REGIONS = (
    "110101 120103 130102 140105 150102 210102 220102 230103 310101 320102 330106 340102 350102 360102 "
    "370102 410102 420102 430102 440103 450102 460105 500101 510104 520102 530102 540102 610102 620102 "
    "630102 640104 650102"
)
CREDIT_MARKS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张曹严金魏陶姜谢邹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英"


def digits(rng: random.Random, count: int) -> str:
    """Return ``count`` random digits."""
    return "".join(rng.choice(DIGITS) for _ in range(count))


def check_mark(body: str) -> str:
    """Return the check mark of 17 digits by the recursive method of ISO 7064."""
    pure = 0
    for digit in body:
        pure = (pure + int(digit)) * 2 % 11
    return "0123456789X"[(12 - pure) % 11]


def luhn_mark(body: str) -> str:
    """Return the check digit of a card by counting up to the first that fits."""
    for mark in DIGITS:
        total = 0
        for index, digit in enumerate(reversed(body + mark)):
            value = int(digit) << (index % 2)
            total += value - 9 if value > 9 else value
        if not total % 10:
            return mark
    raise AssertionError


class Number(str):
    """A number that a template may ask for in another dress: ``{id.spaced}``, ``{mobile.wide}``."""

    @property
    def wide(self) -> str:
        return self.translate(FULL_WIDTH)

    @property
    def small(self) -> str:
        return self.lower()

    @property
    def spaced(self) -> str:
        return " ".join(self._pieces())

    @property
    def dashed(self) -> str:
        return "-".join(self._pieces())

    @property
    def dotted(self) -> str:
        return ".".join(self._pieces())

    @property
    def singles(self) -> str:
        return " ".join(self)

    @property
    def lines(self) -> str:
        return "\n".join(self._pieces())

    @property
    def unseen(self) -> str:
        return "\u200b".join(self._pieces())

    @property
    def a(self) -> str:
        return self._pieces()[0]

    @property
    def b(self) -> str:
        return self._pieces()[1]

    @property
    def c(self) -> str:
        return self._pieces()[2]

    @property
    def d(self) -> str:
        return self._pieces()[3]

    @property
    def e(self) -> str:
        return self._pieces()[4]

    @property
    def ten(self) -> str:
        return self[:10]

    @property
    def rest(self) -> str:
        return self[10:]

    @property
    def last4(self) -> str:
        return self[-4:]

    @property
    def first3(self) -> str:
        return self[:3]

    @property
    def first4(self) -> str:
        return self[:4]

    @property
    def last(self) -> str:
        return self[-1:]

    def _pieces(self) -> list[str]:
        cuts = {18: (6, 14), 15: (6, 12), 11: (3, 7), 16: (4, 8, 12), 17: (4, 8, 12), 19: (4, 8, 12, 16)}[
            len(self)
        ]
        edges = (0, *cuts, len(self))
        return [self[start:end] for start, end in pairwise(edges)]


def day(rng: random.Random, first: int = 1925, last: int = 2024) -> date:
    """Return a day on which somebody may have been born."""
    return date(first, 1, 1) + timedelta(days=rng.randrange((last - first) * 365))


def body_of(rng: random.Random, region: str = "") -> str:
    """Return the first 17 digits of an identity number."""
    return f"{region or rng.choice(REGIONS.split())}{day(rng):%Y%m%d}{digits(rng, 3)}"


def citizen(rng: random.Random) -> Number:
    body = body_of(rng)
    return Number(body + check_mark(body))


def citizen_x(rng: random.Random) -> Number:
    while True:
        number = citizen(rng)
        if number.endswith("X"):
            return number


def near_citizen(rng: random.Random) -> Number:
    """Return an identity number whose check mark is wrong."""
    body = body_of(rng)
    wrong = [mark for mark in DIGITS if mark != check_mark(body)]
    return Number(body + rng.choice(wrong))


def permit(rng: random.Random) -> Number:
    body = body_of(rng, rng.choice(("810000", "820000", "830000")))
    return Number(body + check_mark(body))


def foreigner(rng: random.Random) -> Number:
    place = f"9{rng.choice(('11', '31', '44'))}{rng.choice(('124', '840', '392'))}"
    body = f"{place}{day(rng):%Y%m%d}{digits(rng, 3)}"
    return Number(body + check_mark(body))


def old_foreigner(rng: random.Random) -> str:
    place = f"{rng.choice(('CAN', 'USA', 'JPN'))}{rng.choice(('1100', '3100'))}"
    return f"{place}{day(rng, 1940, 1999):%y%m%d}{digits(rng, 2)}"


def old_citizen(rng: random.Random) -> Number:
    return Number(f"{rng.choice(REGIONS.split())}{day(rng, 1925, 1985):%y%m%d}{digits(rng, 3)}")


def mobile(rng: random.Random) -> Number:
    return Number("1" + rng.choice("3456789") + digits(rng, 9))


def landline(rng: random.Random) -> str:
    area = rng.choice(("010", "021", "023", "028", "0816", "0791", "0554", "0371"))
    return f"{area}-{rng.choice('2345678')}{digits(rng, 7 if len(area) == 3 else 6)}"


def card(rng: random.Random) -> Number:
    body = rng.choice(("622848", "621700", "622202", "623668", "622150")) + digits(rng, 12)
    return Number(body + luhn_mark(body))


def card16(rng: random.Random) -> Number:
    body = rng.choice(("622575", "625965", "436742", "520082")) + digits(rng, 9)
    return Number(body + luhn_mark(body))


def account(rng: random.Random) -> str:
    """Return the number of a passbook, which has no check digit that a detector could know."""
    return rng.choice(("68", "86", "77", "95")) + digits(rng, rng.choice((13, 15, 16, 17, 18)))


def passport(rng: random.Random) -> str:
    return rng.choice(("E", "G")) + digits(rng, 8)


def plate(rng: random.Random) -> str:
    return (
        rng.choice("京渝川贵云赣豫苏")
        + rng.choice("ABCDEFG")
        + "·"
        + digits(rng, 4)
        + rng.choice("ABCDEFGHJK")
    )


def green_plate(rng: random.Random) -> str:
    return rng.choice("京渝川贵云赣豫苏") + rng.choice("ABCDEFG") + rng.choice("DF") + digits(rng, 5)


def name(rng: random.Random) -> str:
    return rng.choice(FAMILY) + rng.choice(GIVEN) + rng.choice(("", rng.choice(GIVEN)))


def birthday(rng: random.Random) -> str:
    return f"{day(rng):%Y-%m-%d}"


def birthday_han(rng: random.Random) -> str:
    born = day(rng)
    return f"{born.year}年{born.month}月{born.day}日"


def birthday8(rng: random.Random) -> str:
    return f"{day(rng):%Y%m%d}"


def credit_code(rng: random.Random) -> str:
    prefix = rng.choice(("51", "52", "53", "54", "55", "91", "92", "93", "N1", "N2", "12"))
    organisation = rng.choice(("MA", "MF", "MB", "07", "73")) + digits(rng, 6) + rng.choice("0123456789X")
    body = prefix + rng.choice(REGIONS.split()) + organisation
    total = sum(CREDIT_MARKS.index(mark) * 3**place for place, mark in enumerate(body))
    return body + CREDIT_MARKS[-total % 31]


def digital_credit_code(rng: random.Random) -> str:
    """Return a unified credit code in which no letter happens to stand."""
    while True:
        code = credit_code(rng)
        if code.isdigit() and check_mark(code[:17]) != code[17]:
            return code


def division(rng: random.Random) -> str:
    return rng.choice(REGIONS.split()) + rng.choice("01") + digits(rng, 2) + rng.choice("02") + digits(rng, 2)


def serial18(rng: random.Random) -> str:
    """Return 18 digits of a voucher that no identity number could be: the month is the thirteenth."""
    return f"{rng.choice(REGIONS.split())}{rng.randint(1950, 2020)}13{digits(rng, 6)}"


def stamped(rng: random.Random) -> str:
    return f"{day(rng, 2018, 2027):%Y%m%d}{digits(rng, rng.choice((8, 9, 10)))}"


def invoice(rng: random.Random) -> str:
    return f"{rng.randint(23, 26)}{rng.choice(('11', '32', '44', '50'))}2000000{digits(rng, 9)}"


def invoice8(rng: random.Random) -> str:
    return rng.choice("012345678") + digits(rng, 7)


def sha256(rng: random.Random) -> str:
    return "".join(rng.choice("0123456789abcdef") for _ in range(64))


def commit(rng: random.Random) -> str:
    return "".join(rng.choice("0123456789abcdef") for _ in range(40))


def uuid(rng: random.Random) -> str:
    mark = "".join(rng.choice("0123456789abcdef") for _ in range(31)) + "a"
    return "-".join((mark[:8], mark[8:12], mark[12:16], mark[16:20], mark[20:]))


def yuan(rng: random.Random) -> str:
    return f"{rng.randrange(10**9) / 100:.2f}"


def yuan_commas(rng: random.Random) -> str:
    return f"{rng.randrange(10**11) / 100:,.2f}"


def longitude(rng: random.Random) -> str:
    return f"{rng.uniform(73, 135):.{rng.choice((6, 11, 13))}f}"


def latitude(rng: random.Random) -> str:
    return f"{rng.uniform(18, 53):.{rng.choice((6, 11, 13))}f}"


def today(rng: random.Random) -> str:
    return f"{day(rng, 2019, 2027):%Y-%m-%d}"


def today8(rng: random.Random) -> str:
    return f"{day(rng, 2019, 2027):%Y%m%d}"


def clock(rng: random.Random) -> str:
    return f"{rng.randrange(24):02}:{rng.randrange(60):02}:{rng.randrange(60):02}"


def four(rng: random.Random) -> str:
    return f"{rng.randrange(10000):04}"


def small(rng: random.Random) -> str:
    return str(rng.randrange(1, 1000))


def serial16(rng: random.Random) -> str:
    """Return 16 digits that no card's issuer begins with."""
    return rng.choice("0178") + digits(rng, 15)


def count(rng: random.Random) -> str:
    return str(rng.randrange(1, 5000))


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "id": citizen,
    "idx": citizen_x,
    "near": near_citizen,
    "permit": permit,
    "foreigner": foreigner,
    "oldforeigner": old_foreigner,
    "old": old_citizen,
    "mobile": mobile,
    "landline": landline,
    "card": card,
    "card16": card16,
    "account": account,
    "passport": passport,
    "plate": plate,
    "greenplate": green_plate,
    "name": name,
    "birthday": birthday,
    "birthdayhan": birthday_han,
    "birthday8": birthday8,
    "credit": credit_code,
    "creditdigits": digital_credit_code,
    "division": division,
    "serial18": serial18,
    "stamped": stamped,
    "invoice": invoice,
    "invoice8": invoice8,
    "sha256": sha256,
    "commit": commit,
    "uuid": uuid,
    "yuan": yuan,
    "yuancommas": yuan_commas,
    "longitude": longitude,
    "latitude": latitude,
    "today": today,
    "today8": today8,
    "clock": clock,
    "four": four,
    "count": count,
    "small": small,
    "serial16": serial16,
}


class Fresh(dict[str, str]):
    """What a template's placeholders stand for in one filling: each is made when it is first asked for."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__()
        self._rng = rng

    def __missing__(self, key: str) -> str:
        self[key] = MAKERS[key.partition("_")[0]](self._rng)
        return self[key]


def fill(template: str, rng: random.Random) -> str:
    """Return ``template`` with every placeholder made anew."""
    return template.format_map(Fresh(rng))
