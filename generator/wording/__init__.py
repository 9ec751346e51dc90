"""Floor 0: the one catalogue of words; every message, hint and label that a person reads goes through here.

Chinese is the source language; ``generator/locale/cunwu.pot`` is extracted from the ``_`` calls.
"""

from generator.wording.authority import AUTHORITY
from generator.wording.laws import LAWS
from generator.wording.privacy import PRIVACY
from generator.wording.proof import PROOF
from generator.wording.receipts import ATTACHING, RECEIPTS
from generator.wording.records import RECORDS
from generator.wording.sheets import SHEETS
from generator.wording.statutes import STATUTES
from generator.wording.words import N_, Wording, _, counted, retold, said, speaking

WORDING: dict[str, Wording] = {
    **(RECORDS | LAWS | STATUTES | PRIVACY | SHEETS),
    **(RECEIPTS | ATTACHING | PROOF | AUTHORITY),
}

__all__ = ["N_", "WORDING", "Wording", "_", "counted", "retold", "said", "speaking"]
