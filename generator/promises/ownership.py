"""Ownership: to which place a file of the county belongs, and what the county asks of a change."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path

from generator.promises.people import Staff, load_staff
from generator.promises.section import load_section
from generator.promises.settings import is_required

MAPPINGS = "mappings"
_LEAST_PARTS = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for changes of one county: who is listed, where records lie, and which keys are asked for.

    ``roots`` are the content roots, as paths from the top of the repository, only those that lie inside it.
    """

    staff: Staff
    top: str
    roots: tuple[str, ...]
    needs_signed_commits: bool = False
    needs_sign_off: bool = False

    def place_of(self, path: str) -> str:
        """Return the folder of the village, or the office, to which a file belongs; "" for the set-up.

        A township's own files are its office's, "qingxi/_township".
        """
        for root in self.roots:
            if path.startswith(f"{root}/"):
                return _place(path.removeprefix(f"{root}/").split("/"))
        remembered = f"{self.top}{MAPPINGS}/"
        if path.startswith(remembered) and path.endswith(".yaml"):
            # What was confirmed of a village's sheets lies in <township>/<village>.yaml.
            return path.removeprefix(remembered).removesuffix(".yaml")
        return ""


def _place(parts: list[str]) -> str:
    if parts[0] == "_county":
        return parts[0] if len(parts) > 1 else ""
    if len(parts) >= _LEAST_PARTS:
        return "/".join(parts[:2])
    # township.yaml, or a file where a village belongs.
    return f"{parts[0]}/_township" if len(parts) > 1 else ""


def load_rules(root: Path, top: str = "") -> Rules:
    """Return the rules that the set-up below ``root`` states; raises SetupError.

    ``top`` is the path of the county's root from the top of its repository, with a slash behind it. Nothing
    but settings and lists is read: they may come from a commit whose records are not there.
    """
    section = load_section(root / "site_config" / "county.yaml", root)
    named = (section.text("content", "content"), section.text("private_content", ""))
    roots = (posixpath.normpath(f"{top}{name}") for name in named if name)
    return Rules(
        load_staff(root),
        top,
        tuple(root for root in roots if not root.startswith(("../", "/"))),
        is_required(section, "commit_signatures"),
        is_required(section, "sign_off"),
    )
