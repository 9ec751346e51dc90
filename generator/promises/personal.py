"""Personal columns: what no list may carry, whatever a form asks for, and how names may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.finding import SetupError
from generator.model.item import DisclosureItem, Field
from generator.wording import _

NAMES_DURING = ("full", "mask")
NAMES_AFTER = ("totals", "mask")
# Headings of identifiers: no table of ours holds them, an importer drops them, a check refuses them.
_IDENTIFIERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("citizen-id", re.compile(r"身份证|证件号|公民身份|残疾证号|户口号|户口簿号|居住证号|护照号")),
    (
        "account",
        re.compile(
            r"银行卡|银行账[户号]|银行帐[户号]|开户行|一卡通|存折|社保卡|卡号|^[个本]?人?[账帐]号$|收款[账帐]号"
        ),
    ),
    ("phone", re.compile(r"手机|联系电话|联系方式|^电话(?:号码)?$|家庭电话|本人电话|微信号|QQ号")),
)
# Headings that lists of persons must not have besides (PIPL Art 28: sensitive; Art 6: least impact).
_SENSITIVE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("address", re.compile(r"住址|家庭地址|详细地址|门牌")),
    ("birth-date", re.compile(r"出生|生日|年龄")),
    ("health", re.compile(r"病|残疾|伤残|健康|诊断|怀孕|孕")),
    ("reason", re.compile(r"致贫|致困|原因|困难情况|家庭情况|收入情况|财产情况")),
)


def personal_heading(heading: str, *, of_persons: bool) -> str:
    """Return the kind of personal data that a column so headed holds, or "".

    Of lists ``of_persons`` also what would tell why somebody is on them.
    """
    heading = re.sub(r"[\s　（(].*$", "", heading.strip()) or heading
    for kind, pattern in (*_IDENTIFIERS, *(_SENSITIVE if of_persons else ())):
        if pattern.search(heading):
            return kind
    return ""


def refuse_personal_columns(item: DisclosureItem) -> None:
    """Raise SetupError when a schema has a column that must not exist; aliases count too."""
    for field in _fields(item):
        for heading in (field.name, *field.aliases):
            if personal_heading(heading, of_persons=item.is_private):
                problem = _("不能有「{column}」这一列：公开的表里不放这类个人信息").format(column=heading)
                raise SetupError(problem, file=item.source, key=f"fields.{field.name}")


def _fields(item: DisclosureItem) -> Iterator[Field]:
    yield from item.schema.fields
    for part in item.parts.values():
        yield from part.fields
