"""Following: what later documents say about commitments. Values in, values out; documents are read by `handslag.reading`."""
