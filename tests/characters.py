"""Characters: draws the two tables that search needs, from OpenCC and pypinyin.

``python -m tests.characters`` writes them. They are shipped, so that neither library is needed to build
a site; a test says that they are current.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
TRADITIONAL = ROOT / "generator" / "engine" / "theme" / "assets" / "traditional.js"
SYLLABLES = ROOT / "generator" / "pages" / "syllables.py"
# Characters of place names that GB 2312 lacks.
PLACES = (
    "塆垟塅塝坜垅堽埇岽峁崀溇漖磜磡箐簕苳埗墈塱圐圙峃嵝崾岘汫浛滧湴漈瀼甪畲碶磙禤稔笪箬篢苴荥莒葑蔀蓥藠袁"
)
_WIDTH = 108  # columns a line: the linter counts two for each Chinese character

_MOST = 48  # characters a piece


def _width_of(text: str) -> int:
    return sum(2 if ord(mark) > 0x2E80 else 1 for mark in text)


def _is_in(character: str, code: str) -> bool:
    try:
        character.encode(code)
    except UnicodeEncodeError:
        return False
    return True


def draw_traditional() -> str:
    """Return the script that names each traditional character and, in the same order, its simplified one."""
    import opencc

    simplify = opencc.OpenCC("t2s").convert
    found = [(mark, simplify(mark)) for mark in map(chr, range(0x3400, 0xA000))]
    pairs = [(old, new) for old, new in found if old != new and len(new) == 1 and _is_in(new, "gbk")]
    return (
        "// Traditional characters and the simplified ones that they are found by; drawn from OpenCC"
        " (Apache-2.0).\n"
        f'window.cunwuTraditional = ["{"".join(old for old, _new in pairs)}",\n'
        f'  "{"".join(new for _old, new in pairs)}"];\n'
    )


def draw_syllables() -> str:
    """Return the module that names the characters of each syllable."""
    from pypinyin import Style, pinyin

    common = [mark for mark in map(chr, range(0x4E00, 0xA000)) if _is_in(mark, "gb2312")]
    table: dict[str, list[str]] = {}
    for mark in sorted({*common, *PLACES}):
        readings = pinyin(mark, style=Style.NORMAL, heteronym=True, errors="ignore")[0]
        for place, syllable in enumerate(dict.fromkeys(readings)):
            table.setdefault(f"'{syllable}" if place else syllable, []).append(mark)
    lines: list[str] = []
    line = ""
    for syllable, marks in sorted(table.items(), key=lambda entry: entry[0].strip("'")):
        for start in range(0, len(marks), _MOST):
            piece = f"{syllable}{''.join(marks[start : start + _MOST])}"
            if line and _width_of(line) + 1 + _width_of(piece) > _WIDTH:
                lines.append(line)
                line = ""
            line += f" {piece}" if line else piece
    lines.append(line)
    body = "\n".join(lines)
    return (
        '"""Syllables: the characters that each syllable of pinyin writes; drawn from pypinyin (MIT)."""\n\n'
        "from __future__ import annotations\n\n"
        "# A character of several readings stands under each, where it is not the usual one after a mark:\n"
        "# 单 is read dan, 'chan and 'shan.\n"
        f'SYLLABLES = """\n{body}\n"""\n'
    )


if __name__ == "__main__":
    for path, text in ((TRADITIONAL, draw_traditional()), (SYLLABLES, draw_syllables())):
        path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {len(text.encode())} bytes")
