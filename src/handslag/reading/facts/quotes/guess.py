"""A first guess at the speaker where the clause names nobody: what a reader would say by rule of thumb; the judge weighs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handslag.reading.facts.quotes.scene import Scene
from handslag.reading.facts.quotes.settings import Setting
from handslag.reading.facts.quotes.standing import Standing

NOBODY = -1
_FAR = 4


def guessed_speaker(
    scene: Scene, setting: Setting, spoken: Sequence[int], standings: Sequence[Standing], recency: Mapping[int, int]
) -> int:
    """The number of the person who seems to speak, or NOBODY."""
    order = sorted((n for n, k in recency.items() if k < _FAR), key=lambda n: recency[n])
    if setting.pronoun in ("she", "he"):
        return _by_pronoun(setting, order, standings)
    if setting.roles:
        fitting = [
            n for n in range(len(standings)) if any(same_role(a, b) for a in setting.roles for b in standings[n].roles)
        ]
        fitting.sort(key=lambda n: recency.get(n, 9))
        return fitting[0] if fitting else NOBODY
    is_inside = len(setting.above) > 0 and setting.above.start >= setting.candidate.paragraph.first
    if setting.kind in ("after", "colon above") or (setting.kind in ("before", "colon") and not is_inside):
        return NOBODY
    if setting.kind == "going on":
        return spoken[-1] if spoken else NOBODY
    if setting.kind in ("comment", "turn", "headed", "turn unnamed"):
        return NOBODY
    near = [scene.person_at[i] for i in _last_sentence(scene, setting.above) if i in scene.person_at]
    if near:
        return near[0]
    if setting.kind == "within":
        return NOBODY
    return spoken[-1] if spoken else order[0] if order and setting.candidate.how.startswith("dash") else NOBODY


def _by_pronoun(setting: Setting, order: Sequence[int], standings: Sequence[Standing]) -> int:
    """The one named last whose first name does not speak against the pronoun; a name that fits beats one that tells nothing."""
    wrong = "man" if setting.pronoun == "she" else "woman"
    fitting = [n for n in order if standings[n].gender != wrong]
    return fitting[0] if fitting else NOBODY


def _last_sentence(scene: Scene, region: range) -> range:
    if not len(region):
        return region
    return range(max(region.start, scene.sentence_start(region[-1])), region.stop)


def same_role(a: str, b: str) -> bool:
    """True if two role words can be forms of one: "ministern" and "socialminister", "Director's" and "director"."""
    short, full = sorted((_stem(a), _stem(b)), key=len)
    return short == full or (len(short) > 3 and full.endswith(short))


def _stem(role: str) -> str:
    """The role without a Swedish definite ending or a genitive s."""
    role = role.removesuffix("s")
    for ending in ("en", "n", "et"):
        if role.endswith(ending) and len(role) > len(ending) + 4:
            return role.removesuffix(ending)
    return role
