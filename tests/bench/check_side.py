"""What a build does before it draws, run as a program: it prints milliseconds of processor time a village.

Each village is read, judged and looked through for personal data, as in a build of the whole county.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from generator.checks.judgement import judge
from generator.checks.receipts import read_with_receipts
from generator.intake.package import Intake
from generator.intake.walk import walk_county
from generator.pipeline.guard import Guard
from generator.promises.promises import load_promises

DAY = date(2026, 10, 20)
OFFICES = ("county", "township")


def milliseconds(county: Path) -> float:
    """Return the processor time of a village on average; raises SystemExit where an error is found."""
    promises = load_promises(county)
    walked = walk_county(promises)
    intake, guard = Intake(promises), Guard(promises, walked.townships, DAY)
    villages = [village for village in walked.villages if village.kind not in OFFICES]
    started = time.process_time()
    for village in villages:
        package, _stored = read_with_receipts(intake, village, promises)
        judgement = judge(package, promises, DAY)
        leaks = guard.leaks_of_records(village)
        if leaks or any(finding.is_error for finding in judgement.findings):
            raise SystemExit(f"{village.slug}: the county's own records are found wrong")
    return (time.process_time() - started) * 1000 / len(villages)


if __name__ == "__main__":
    print(milliseconds(Path(sys.argv[1])))
