"""Receipt files: what of the store is published, checked once more as it is taken out."""

from __future__ import annotations

from generator.intake.receipt_store import store_of, stored_of
from generator.model.receipts import Stored
from generator.model.site import File
from generator.promises.promises import Promises


def receipt_file(promises: Promises, path: str, stored: Stored) -> File:
    """Return a receipt as the file ``path``; raises OSError when it is no longer what it was a moment ago."""
    store = store_of(promises.settings)
    content = None if store is None else store.get(stored.name)
    if content is None or stored_of(stored.sha256, stored.kind, content) != stored:
        raise OSError(f"{stored.name} was changed while it was read")
    return File(path, content)
