"""What keeps a receipt from being cleaned."""

from __future__ import annotations


class UncleanError(Exception):
    """A file that cannot become a receipt: the ``code`` of the finding that says why, and its ``facts``."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts
