"""The bench county: 40 pages a village, written as a county that cunwu can check and build."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count as numbered
from pathlib import Path
from random import Random

import yaml

from generator.intake.walk import walk_county
from generator.pipeline.forgetting import seal_lists
from generator.promises.promises import load_promises
from tests.bench import documents, ledgers, lists
from tests.bench.documents import quoted
from tests.bench.names import ROOT, BenchVillage, names_file, plan_villages

VILLAGES = 296
PAGES_PER_VILLAGE = 40
ROWS_PER_VILLAGE = len(ledgers.MONTHS) * ledgers.ROWS + len(lists.QUARTERS) * len(lists.SCHEMES) * lists.ROWS
# What the records need and no more: an item that no village discloses is a page that no other side prints.
ITEMS = ("finance", "subsidy", "election", "village_rules", "notice", "publications")
SEED = 20261020
STAMP = ".bench-county.json"
SOURCES = ("county.py", "documents.py", "ledgers.py", "lists.py", "names.py")
SETTINGS = {"demo": "true", "as_of": "2026-10-20", "content": "content", "private_content": "content_private"}
COMMITTER = {"NAME": "bench", "EMAIL": "bench@example.invalid", "DATE": "2026-10-19T12:00:00+08:00"}


def write_county(folder: Path, villages: int = VILLAGES) -> Path:
    """Write the county into ``folder``, or leave it as it is when it was made from the same parameters."""
    stamp = json.dumps(_parameters(villages), indent=1)
    marker = folder / STAMP
    if marker.is_file() and marker.read_text(encoding="utf-8") == stamp:
        _git(folder / "content", "checkout", "-q", "--", ".")  # undo the row of a run that was broken off
    else:
        _empty(folder)
        marker.write_text("{}", encoding="utf-8")
        _write_content(folder, villages)
        _write_promises(folder)
        _seal(folder)
        _commit(folder / "content")
        marker.write_text(stamp, encoding="utf-8")
    _write_promises(folder)
    return folder


def _parameters(villages: int) -> dict[str, str | int]:
    sources = [Path(__file__).with_name(name) for name in SOURCES]
    listed = names_file()
    digest = hashlib.sha256()
    for path in [*sources, listed] if listed else sources:
        digest.update(path.read_bytes())
    return {"villages": villages, "seed": SEED, "made_from": digest.hexdigest()}


def _empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / STAMP).exists():
        raise SystemExit(f"{folder} is no bench county: choose an empty folder")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _write_promises(folder: Path) -> None:
    for name in ("schemas", "site_config"):
        shutil.rmtree(folder / name, ignore_errors=True)
        shutil.copytree(ROOT / name, folder / name)
    if (ROOT / "mkdocs.yml").exists():
        shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    path = folder / "site_config" / "county.yaml"
    settings = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) | SETTINGS
    # Compared with, but not exceeded by, the sums that are made up.
    settings["thresholds"] = dict.fromkeys(("cash_limit", "large_expense"), "1000000")
    for schema in (folder / "schemas").glob("*.yaml"):
        if schema.stem not in ITEMS:
            schema.unlink()
    for codes in ("institutions", "disclosure_items_2011"):
        (folder / "schemas" / "codes" / f"{codes}.yaml").unlink()
    text = yaml.safe_dump(settings, allow_unicode=True, default_style='"', sort_keys=False)
    path.write_text(text, encoding="utf-8")


def _write_content(folder: Path, count: int) -> None:
    for village in plan_villages(count, names_file()):
        township = folder / "content" / village.township / "township.yaml"
        if not township.exists():
            _write(township, _scalars({"name": village.township_name, "code": village.township_code}) + "\n")
        chance = Random(f"{SEED}-{village.slug}")
        _write_public(folder / "content" / village.folder, village, chance)
        _write_private(folder / "content_private" / village.folder, chance)


def _write_public(folder: Path, village: BenchVillage, chance: Random) -> None:
    _write(folder / "village.yaml", _village(village))
    _write(folder / "publications.csv", _publications())
    books = ledgers.Books.opened(village.is_community, chance)
    for month in ledgers.MONTHS:
        _write(folder / "finance" / f"{month}.csv", books.ledger(month, chance))
    for day in documents.ELECTIONS:
        _write(folder / "election" / f"{day}.yaml", documents.election(village, day, chance))
    for year in documents.RULES:
        _write(folder / "village_rules" / f"{year}.yaml", documents.village_rules(village, year, chance))
    for day in documents.NOTICES:
        _write(folder / "notice" / f"{day}.yaml", documents.notice(village, day, chance))


def _write_private(folder: Path, chance: Random) -> None:
    for quarter in lists.QUARTERS:
        for scheme in lists.SCHEMES:
            _write(folder / "subsidy" / f"{quarter}--{scheme.slug}.csv", lists.subsidy_list(scheme, chance))


def _village(village: BenchVillage) -> str:
    office = "社区便民服务站" if village.is_community else "村便民服务室"
    kind = "community" if village.is_community else "village"
    head = {"slug": village.slug, "name": village.name, "code": village.code, "kind": kind}
    head["valid_from"] = "2001-01-01"
    contact = {"title": office, "phone": "000-12345678", "hours": "周一至周五 9:00–17:00"}
    return f"{_scalars(head)}\ncontacts:\n  - {_scalars(contact, indent=4)}\n"


def _scalars(values: Mapping[str, str], indent: int = 0) -> str:
    return f"\n{' ' * indent}".join(f"{key}: {quoted(value)}" for key, value in values.items())


def _publications() -> str:
    lines = ["项目,期间,次,类型,编制,审核,审核日,张贴起,张贴止,地点,说明"]
    lines.extend(_publication("财务收支", month, _month_end(month)) for month in ledgers.MONTHS)
    lines.extend(_publication("换届选举", day, date.fromisoformat(day)) for day in documents.ELECTIONS)
    lines.extend(_publication("村规民约", year, date(int(year), 6, 28)) for year in documents.RULES)
    lines.extend(_publication("通知公告", day, date.fromisoformat(day)) for day in documents.NOTICES)
    # On display on the day of the benchmark, so that every row is printed, as it is by Hugo.
    stems = (f"{quarter}--{scheme.slug}" for quarter in lists.QUARTERS for scheme in lists.SCHEMES)
    lines.extend(_publication("补贴发放", stem, date(2026, 10, 9)) for stem in stems)
    return "\n".join((*lines, ""))


def _publication(item: str, period: str, day: date) -> str:
    days = ",".join((day + timedelta(days=count)).isoformat() for count in (0, 1, 16))
    return f"{item},{period},1,公开,报账员,村务监督委员会,{days},公开栏,"


def _month_end(month: str) -> date:
    year, number = (int(part) for part in month.split("-"))
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode())
    except FileNotFoundError:
        path.parent.mkdir(parents=True)
        path.write_bytes(text.encode())


def _seal(folder: Path) -> None:
    promises = load_promises(folder)
    salts = (hashlib.sha256(f"{SEED}-{number}".encode()).hexdigest() for number in numbered())
    for _sealed in seal_lists(promises, walk_county(promises), lambda: next(salts)):
        pass


def _commit(folder: Path) -> None:
    _git(folder, "init", "-q", "-b", "main")
    _git(folder, "config", "gc.auto", "0")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "bench county")
    _git(folder, "repack", "-adq")


def _git(folder: Path, *arguments: str) -> None:
    """Run git on the county's own repository, whatever repository the caller's environment names."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_{what}": value for what, value in COMMITTER.items()}
    own = (f"--git-dir={folder / '.git'}", f"--work-tree={folder}")
    subprocess.run(("git", *own, *arguments), env=environment, check=True)


def main() -> None:
    """Write a county from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--villages", type=int, default=VILLAGES)
    arguments = parser.parse_args()
    print(write_county(arguments.folder, arguments.villages))


if __name__ == "__main__":
    main()
