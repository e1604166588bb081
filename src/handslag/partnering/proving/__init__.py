"""Small hard events exactly: every meeting placed with the fewest breaks, proven, or proven to be impossible."""

from handslag.partnering.proving.proof import Progress, applies_to, prove_breaks

__all__ = ["Progress", "applies_to", "prove_breaks"]
