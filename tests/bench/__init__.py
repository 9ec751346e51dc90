"""The benchmark: a made-up county built by us, by Hugo and by stock MkDocs, on one machine in one run."""
