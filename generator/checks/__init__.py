"""Floor 3: judgement of records: arithmetic, law and calendar."""
