"""What the register keeps ready of the store: which facts mention an entry, traits of entities, proposals who may be the same."""

from handslag_hub.register.projections.checking import differences, rebuild

__all__ = ["differences", "rebuild"]
