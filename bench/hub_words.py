"""The words of made-up hubs: names of organisations, people and events, and what they promise."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

SYLLABLES = "al bo dal ek fors gran holm in kar lind mal nor ost pil ros sal tun ulv vik åk äl ör".split()
ENDINGS = ("AB", "Life Science", "Forskning", "universitet", "sjukhus", "stiftelse", "Hälsa", "Bioteknik", "institut", "kommun")  # fmt: skip
FIRST = "Ada Bo Cia Dag Eva Finn Gro Hans Ida Jon Kaj Liv Max Nina Ola Pia Rut Siv Tor Ulla Vera Yngve Åsa Örjan".split()  # fmt: skip
LAST = ("sson", "berg", "ström", "lund")
THINGS = (
    "en testbädd för precisionsmedicin", "sekundäranvändning av hälsodata", "ett nationellt biobanksregister", "kliniska prövningar i primärvården",
    "a shared screening platform", "training for clinical coordinators", "genomic data across borders", "an office for rare diseases",
    "gemensam upphandling av läkemedel", "fler platser för forskare", "bättre uppföljning av patienter", "a fund for early companies",
)  # fmt: skip
FIRMNESS = ("promised", "planned", "possible", "aim", "agreed", "assigned", "underway", "done")
THEMES = ("financing", "care", "research", "health_data", "clinical_trials", "skills", "policy", "cooperation", "growth", "")  # fmt: skip
ROLES = ("vd", "ordförande", "director", "professor", "head of research", "generaldirektör")
SIGNALS = ("investment", "agreement", "appointment", "establishment", "approval")
PLACES = ("Malmö", "Lund", "Uppsala", "Stockholm", "Göteborg", "Umeå", "Tokyo", "Osaka")
CERTAINTY = ("certain", "certain", "certain", "probable", "probable", "weak")


@dataclass
class Actors:
    """Names with the keys of their entities; the first are taken far more often than the last."""

    kind: str
    keys: list[int]
    names: list[str]
    uids: list[str]
    weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.keys))))

    def pick(self, rng: Random) -> int:
        """The place of an actor in the lists (Zipf's law with exponent 1)."""
        return bisect(self.weights, rng.random() * self.weights[-1])


def made_word(rng: Random) -> str:
    """A place that is nowhere."""
    return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))).capitalize()


def body_name(rng: Random) -> str:
    """Somebody that does not exist."""
    return f"{made_word(rng)} {rng.choice(ENDINGS)}"


def person_name(rng: Random) -> str:
    """Somebody who does not exist."""
    return f"{rng.choice(FIRST)} {made_word(rng)}{rng.choice(LAST)}"


def event_name(rng: Random) -> str:
    """An occasion with its year."""
    return f"{made_word(rng)}dagarna {rng.randint(2024, 2027)}"
