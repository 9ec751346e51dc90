"""Compiling: templates become code in which the words of the catalogue already stand, and short ways."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame

from generator.intake.kept_file import keep, recall
from generator.pages.escaping import printed
from generator.wording import _
from generator.wording.words import spoken_language

# Told apart from what an earlier form of this module compiled.
_FORM = "4"
_CALL = re.compile(r"""\b_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_PART = re.compile(r"%(?:(%)|\(([A-Za-z_]+)\)s)")
_OURS = str(Path(__file__).parent / "templates")
# Filled for every village, with views alone: never with mappings, which have no attributes.
_OF_VIEWS = re.compile(r"layouts/.+|(?:_\w+|calendar|category|corrections|home|item|search)\.html\.j2")
# Functions that want to know the template's context.
_IN_CONTEXT = ("_", "gettext", "ngettext", "caller", "super")


class WordedCode(CodeGenerator):
    """Writes the text of ``{{ _("…") }}`` where the call would stand; a call elsewhere stays one.

    What is printed goes by the short way of ``printed``. In the package's templates of villages what a view
    holds is asked for as Python asks for it: a county's own may look for what is not there, and is told so.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Write the code of a template."""
        self.writeline(f"from {printed.__module__} import {printed.__name__}")
        super().visit_Template(node, frame)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Write the code of an output, its words put in."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            found = [inner for child in node.nodes for inner in _worded(child)]
            node = nodes.Output(found, lineno=node.lineno, environment=node.environment)
        super().visit_Output(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Write the code that asks for an attribute."""
        if not self._is_of_views:
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write the code of a call."""
        is_asking = isinstance(node.node, nodes.Name) and node.node.name in _IN_CONTEXT
        is_unpacking = node.dyn_args is not None or node.dyn_kwargs is not None
        if not self._is_of_views or is_asking or is_unpacking or forward_caller:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for number, argument in enumerate((*node.args, *node.kwargs)):
            self.write(", " if number else "")
            self.visit(argument, frame)
        self.write(")")

    @property
    def _is_of_views(self) -> bool:
        is_ours = self.filename is not None and self.filename.startswith(_OURS)
        # Beside a county's own templates every call and every attribute goes through the fence.
        return is_ours and not self.environment.sandboxed and _OF_VIEWS.fullmatch(self.name or "") is not None

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("printed(")
        else:
            super()._output_child_pre(node, frame, finalize)


class KeptTemplates(BytecodeCache):
    """A folder of compiled templates, each with its hash: code that was damaged is not run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_source_checksum(self, source: str) -> str:
        """Return a hash of a template, and of how templates are compiled."""
        return hashlib.sha256(f"{_FORM}\0{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill ``bucket`` with what was compiled before, if it was."""
        kept = recall(self._folder / f"{bucket.key}.cache")
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; other processes of this build compile the same."""
        keep(self._folder / f"{bucket.key}.cache", bucket.bytecode_to_string(), writer=str(os.getpid()))


class CompiledTemplates(KeptTemplates):
    """A folder of compiled templates, one for each language; other words are other templates."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return what a template is kept under: its name, and the language being spoken."""
        language = spoken_language()
        key = super().get_cache_key(name, filename)
        return key if language is None else f"{key}-{language.code}"

    def get_source_checksum(self, source: str) -> str:
        """Return a hash of a template and of the words of the catalogue that it calls for."""
        words = [_(text[1:-1]) for text in _CALL.findall(source)]
        return hashlib.sha256("\0".join((_FORM, source, *words)).encode("utf-8")).hexdigest()


def _worded(child: nodes.Expr) -> Iterator[nodes.Expr]:
    """Yield what to write for ``child``: the text of a call for words and the values in it, or itself."""
    message = _message_of(child)
    parts = None if message is None else _parts_of(*message)
    yield from (child,) if parts is None else parts


def _message_of(child: nodes.Expr) -> tuple[str, dict[str, nodes.Expr]] | None:
    if not isinstance(child, nodes.Call) or child.dyn_args is not None or child.dyn_kwargs is not None:
        return None
    if not isinstance(child.node, nodes.Name) or child.node.name != "_" or len(child.args) != 1:
        return None
    (text,) = child.args
    if not isinstance(text, nodes.Const) or not isinstance(text.value, str):
        return None
    return _(text.value), {keyword.key: keyword.value for keyword in child.kwargs}


def _parts_of(text: str, values: dict[str, nodes.Expr]) -> list[nodes.Expr] | None:
    """Return ``text`` cut at its ``%(name)s``; None where the call at run time must say what is wrong."""
    parts: list[nodes.Expr] = []
    named: set[str] = set()
    start = 0
    for match in _PART.finditer(text):
        percent, name = match.groups()
        if name is not None and name not in values:
            return None
        before = text[start : match.start()]
        if "%" in before:
            return None
        parts.append(nodes.TemplateData(before + (percent or "")))
        if name is not None:
            named.add(name)
            parts.append(values[name])
        start = match.end()
    if "%" in text[start:] or named != values.keys():
        return None
    parts.append(nodes.TemplateData(text[start:]))
    return [part for part in parts if not isinstance(part, nodes.TemplateData) or part.data]
