"""Forms: what a clerk starts from, made from the schema alone."""

from __future__ import annotations

import csv
import io

from generator.model.item import DisclosureItem, Field
from generator.wording import _


def blank_form(item: DisclosureItem) -> str:
    """Return the header of a table, or the outline of a document with examples as remarks."""
    if not item.is_document:
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerow([field.name for field in item.schema.columns_of(())])
        return buffer.getvalue()
    lines = [_("# {title}：{question}").format(title=item.title, question=item.question)]
    lines += [f'{field.name}: ""{_remark(field)}' for field in item.schema.fields]
    for name, part in item.parts.items():
        lines += [f"{name}:"]
        for position, field in enumerate(part.fields):
            lines.append(f'  {"-" if position == 0 else " "} {field.name}: ""{_remark(field)}')
    return "\n".join(lines) + "\n"


def _remark(field: Field) -> str:
    notes = []
    if field.is_required:
        notes.append(_("必填"))
    if "enum" in field.constraints:
        notes.append(_("只能写 {allowed}").format(allowed="、".join(field.constraints["enum"])))
    elif field.example:
        notes.append(_("例如 {example}").format(example=field.example))
    return f"  # {'，'.join(notes)}" if notes else ""
