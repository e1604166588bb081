"""What a page says about commitments: the ledger's candidates, what judges look at, and how it is told."""
