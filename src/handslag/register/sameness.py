"""Whether two entries of the register may be the same: proposed with reasons, for a person to decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handslag.register.names import folded_name
from handslag.register.organisation_sameness import OwnReasons, compare_organisations
from handslag.register.person_sameness import compare_persons
from handslag.register.profiles import Profile, Proposal, Reason

# Below this nothing is proposed. bench/sameness.md tells what the weights give.
LEAST: Final = 0.5
_SAME_IDENTIFIER: Final = 0.98
_ONE_OF_TWO_IDENTIFIERS: Final = 0.6
_FURTHER_REASON: Final = 0.03


def propose_same(a: Profile, b: Profile) -> Proposal | None:
    """That `a` and `b` may be the same, or None where too little speaks for it or something rules it out.

    Different identifiers of one scheme, different places or numbers in the names ("Region Skåne" and "Region Halland",
    the meetings of 2025 and 2026) and different first names rule it out, unless an identifier is the same. The order of the
    two changes nothing but that of the details.
    """
    if a.kind != b.kind:
        return None
    compared = compare_persons(a, b) if a.kind == "person" else compare_organisations(a, b)
    same, different = _compare_identifiers(a, b)
    reasons = [*same, *(reason for _, reason in compared.reasons)]
    against = [*different, *compared.against]
    if same:
        score = _ONE_OF_TWO_IDENTIFIERS if different else _SAME_IDENTIFIER - 0.1 * len(compared.against)
    elif different or compared.ruled_out or not compared.reasons:
        return None
    else:
        score = _weigh(compared)
    if score < LEAST:
        return None
    return Proposal(round(min(score, 0.99), 2), tuple(reasons), tuple(against))


def _weigh(compared: OwnReasons) -> float:
    """The strongest reason, a little more for each further one, less for what speaks against."""
    weights = sorted((weight for weight, _ in compared.reasons), reverse=True)
    return weights[0] + sum(max(weight, _FURTHER_REASON) for weight in weights[1:] if weight < 0.3) - compared.deduction


def _compare_identifiers(a: Profile, b: Profile) -> tuple[Sequence[Reason], Sequence[Reason]]:
    same, different = [], []
    for scheme in sorted(a.identifiers.keys() & b.identifiers.keys()):
        one, other = a.identifiers[scheme], b.identifiers[scheme]
        if folded_name(one) == folded_name(other):
            same.append(Reason("same_identifier", one, scheme))
        else:
            different.append(Reason("different_identifiers", one, other))
    return same, different
