"""All kinds of facts with what finds them, in the order in which they build on each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis
from handslag.reading.facts.commitments.find import find_commitments
from handslag.reading.facts.organisations import find_organisations
from handslag.reading.facts.people import find_people
from handslag.reading.facts.quotes import find_quotes
from handslag.reading.results import OrganisationFact, Scored


def _organisations(analysis: Analysis) -> list[Scored[OrganisationFact]]:
    found = find_organisations(analysis)
    steps.add_standing(analysis)
    return found


FINDERS: Final[dict[str, Callable[[Analysis], list[Scored[Any]]]]] = {
    "organisations": _organisations,
    "people": find_people,
    "quotes": find_quotes,
    "commitments": find_commitments,
}
