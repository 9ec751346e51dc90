"""Golden files: what each kind of page of a small fixed county prints, byte for byte."""
