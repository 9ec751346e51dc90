"""Git's trees: folders made of files and of folders that git knows, without a working tree or an index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from generator.history.git import feed_git, must_git


def hash_files(root: Path, folder: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return what git calls each file of ``folder``, by its path; the repository at ``root`` keeps them.

    A file is kept to the byte, whatever the attributes of the repository say. Raises SetupError.
    """
    listed = list(paths)
    places = "".join(f"{folder.resolve() / path}\n" for path in listed).encode()
    names = must_git(root, "hash-object", "-w", "--no-filters", "--stdin-paths", content=places).split()
    return dict(zip(listed, names, strict=True))


def write_trees(root: Path, files: Mapping[str, str], folders: Mapping[str, str]) -> dict[str, str]:
    """Return what git calls each folder, by its path, "" for the one that holds them all.

    ``files`` and ``folders`` say by path what is in it, as git calls them; the repository at ``root`` keeps
    the folders above them. Raises SetupError.
    """
    inside: dict[str, list[str]] = {"": []}
    for path in (*files, *folders):
        while path := path.rpartition("/")[0]:
            inside.setdefault(path, [])
    for path, name in files.items():
        inside[_above(path)].append(_line("100644 blob", name, path))
    for path, name in folders.items():
        inside[_above(path)].append(_line("040000 tree", name, path))
    found = dict(folders)
    # What a folder is called follows from what is in it: the deepest come first.
    for _depth, level in groupby(sorted(inside, key=_depth_of, reverse=True), key=_depth_of):
        paths = list(level)
        content = "".join(f"{''.join(inside[path])}\0" for path in paths).encode()
        made = must_git(root, "mktree", "-z", "--batch", content=content).split()
        for path, name in zip(paths, made, strict=True):
            found[path] = name
            if path:
                inside[_above(path)].append(_line("040000 tree", name, path))
    return found


def whole_folders(root: Path, commit: str, expected: Mapping[str, str]) -> dict[str, str]:
    """Return those of ``expected`` (what git calls a folder, by path) that ``commit`` shows at their path.

    None is returned where the repository at ``root`` lacks anything that is in one of them.
    """
    asked = "".join(f"{commit}:{path}\n" for path in expected).encode()
    told = feed_git(root, "cat-file", "--batch-check", content=asked).stdout.decode().splitlines()
    shown = {
        path: name
        for (path, name), line in zip(expected.items(), told, strict=False)
        if line.startswith(f"{name} tree ")
    }
    names = "".join(f"{name}\n" for name in shown.values()).encode()
    walked = feed_git(root, "rev-list", "--objects", "--quiet", "--stdin", content=names)
    return shown if shown and not walked.returncode else {}


def _above(path: str) -> str:
    return path.rpartition("/")[0]


def _depth_of(path: str) -> int:
    return path.count("/") + bool(path)


def _line(kind: str, name: str, path: str) -> str:
    return f"{kind} {name}\t{path.rpartition('/')[2]}\0"
