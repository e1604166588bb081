"""The setting of a quotation: the clauses, lines and labels that may say whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from handslag.language.speech import speaker_pronoun, speech_words
from handslag.reading.facts.quotes.candidates import Candidate
from handslag.reading.facts.quotes.people import is_role_word
from handslag.reading.facts.quotes.scene import DASHES, MARKS, Paragraph, Scene

_AFTER = 26
_ABOVE = 60
_BRIEF = 14
_OBJECTS = frozenset(("her", "his", "him", "henne", "honom"))
_NOTHING = range(0)


@dataclass(slots=True)
class Setting:
    """What goes with a quotation. Ranges are of tokens.

    `after` and `before` are what stands beside it, `above` is the end of the paragraph before, `below` the start of the one
    after, `head` the brief lines or the
    label above it; `kind` says where the speaker is likely to be told, `region` is that place, `verb` its speech verb or -1.
    """

    candidate: Candidate
    after: range = _NOTHING
    before: range = _NOTHING
    above: range = _NOTHING
    below: range = _NOTHING
    head: range = _NOTHING
    kind: str = "alone"
    pronoun: str = ""
    region: range = _NOTHING
    verb: int = -1
    roles: list[str] = field(default_factory=list)

    @property
    def near(self) -> tuple[range, range, range]:
        return self.after, self.before, self.head


def settings_of(scene: Scene, candidates: list[Candidate]) -> list[Setting]:
    """The settings of all quotations of a page, in their order."""
    heads = [_head(scene, c) for c in candidates]
    feet = [_foot(scene, c) for c in candidates]
    # a page prints the speakers of several voices either above their words or below
    is_footed = sum(len(foot) > 0 for foot in feet) > sum(len(head) > 0 for head in heads)
    found: list[Setting] = []
    last: Candidate | None = None
    for candidate, head, foot in zip(candidates, heads, feet, strict=True):
        found.append(_setting(scene, candidate, last, _NOTHING if is_footed else head, foot if is_footed else _NOTHING))
        last = candidate
    asked = [setting for setting in found if _is_asked(scene, setting)]
    if len(asked) >= 2:
        for setting in found:
            if setting.kind in ("alone", "answer") or (setting.kind == "within" and _is_asked(scene, setting)):
                setting.kind = "talk"
    return found


def _is_asked(scene: Scene, setting: Setting) -> bool:
    """True if a question stands right before the quotation."""
    region = setting.before or setting.above
    return len(region) > 0 and scene.page.tokens[region[-1]].form == "?"


def _setting(scene: Scene, candidate: Candidate, last: Candidate | None, head: range, foot: range) -> Setting:
    setting = Setting(candidate, head=head)
    paragraph = candidate.paragraph
    if paragraph.number:
        previous = scene.paragraphs[paragraph.number - 1]
        setting.above = range(max(previous.first, previous.last - _ABOVE), previous.last)
    if paragraph.number + 1 < len(scene.paragraphs):
        following = scene.paragraphs[paragraph.number + 1]
        setting.below = range(following.first, min(following.first + _AFTER, following.last))
    if candidate.turn:
        first, end = candidate.turn.names
        setting.head = setting.region = range(first, end)
        setting.kind = candidate.how if end or candidate.how == "answer" else "turn unnamed"
        return setting
    setting.after = foot or _after(scene, candidate)
    start = (
        paragraph.first if candidate.how.startswith("dash") and candidate.how != "dash rest" else candidate.outer_first
    )
    begin = max(paragraph.first, start - _ABOVE)
    if last is not None and begin < last.outer_last <= start:
        begin = last.outer_last
    setting.before = range(begin, start)
    if start - 1 > begin and not (last is not None and begin == last.outer_last):
        # the sentence at hand, or the one that ended right before; what is farther off counts as above
        sentence = max(begin, scene.sentence_start(start - 1))
        setting.before = range(sentence, start)
        if sentence > begin:
            setting.above = range(begin, sentence)
    setting.region, setting.verb = _place_of_speaker(scene, setting, last)
    _read_clause(scene, setting)
    return setting


def _after(scene: Scene, candidate: Candidate) -> range:
    """What stands after the quotation: to the end of the sentence or the next mark."""
    tokens, paragraph, stop = scene.page.tokens, candidate.paragraph, candidate.outer_last
    end = stop
    limit = min(paragraph.last, stop + _AFTER)
    while end < limit and tokens[end].form not in MARKS:
        if tokens[end].form in ".!?" and end > stop and end + 1 >= scene.sentence_end(end):
            break
        end += 1
    return range(stop, end)


def _stands_alone(candidate: Candidate) -> bool:
    """True if the quotation fills its paragraph."""
    paragraph = candidate.paragraph
    return (
        candidate.how in ("marks", "dash whole") and candidate.outer_first - paragraph.first <= 1
        and paragraph.last - candidate.outer_last <= 1
    )  # fmt: skip


def _foot(scene: Scene, candidate: Candidate) -> range:
    """The brief line right below a quotation that begins with a person's name; empty if none does."""
    below = candidate.paragraph.number + 1
    if below < len(scene.paragraphs) and _stands_alone(candidate):
        following = scene.paragraphs[below]
        first = following.first + (scene.page.tokens[following.first].form in DASHES)
        if _is_brief(scene, following) and first < following.last and first in scene.person_at:
            return range(first, following.last)
    return _NOTHING


def _is_brief(scene: Scene, paragraph: Paragraph) -> bool:
    """True for a line that names rather than tells: few words, no full stop."""
    return paragraph.last - paragraph.first <= _BRIEF and scene.page.tokens[paragraph.last - 1].form not in "?!:."


def _head(scene: Scene, candidate: Candidate) -> range:
    """The brief lines right above a quotation, from the one that begins with a person's name; empty if none does."""
    if not _stands_alone(candidate):
        return _NOTHING
    paragraph = candidate.paragraph
    for step in (1, 2, 3):
        number = paragraph.number - step
        if number < 0 or not _is_brief(scene, scene.paragraphs[number]):
            break
        above = scene.paragraphs[number]
        if any(i in scene.person_at for i in range(above.first, min(above.first + 3, above.last))):
            return range(above.first, scene.paragraphs[paragraph.number - 1].last)
    return _NOTHING


def _place_of_speaker(scene: Scene, setting: Setting, last: Candidate | None) -> tuple[range, int]:
    """Sets the setting's kind; gives the region where the speaker is told, and its verb."""
    tokens, candidate = scene.page.tokens, setting.candidate
    after, before, above = setting.after, setting.before, setting.above
    verbs, sources = speech_words("verbs"), speech_words("sources")
    verb_after = next((i for i in after if scene.low[i] in verbs or scene.low[i] in sources), -1)
    if verb_after >= 0:
        setting.kind = "after"
        return after, verb_after
    verb_before = next((i for i in reversed(before) if scene.low[i] in verbs), -1)
    if len(after) > 1 and any(i in scene.person_at for i in after[:3]) and tokens[after[0]].form not in ".!?;":
        setting.kind = "below"
        return after, -1
    if last is not None and len(before) and before.start == last.outer_last and last.paragraph is candidate.paragraph:
        setting.kind = "going on"
        return before, verb_before
    if verb_before >= 0:
        setting.kind = "before"
        return before, verb_before
    if len(before):
        setting.kind = "colon" if tokens[before[-1]].form == ":" else "within"
        return before, -1
    if len(setting.head):
        setting.kind = "headed"
        return setting.head, -1
    if len(above) and tokens[above[-1]].form == ":":
        setting.kind = "colon above"
        return range(max(above.start, scene.sentence_start(above[-1])), above.stop), -1
    return _NOTHING, -1


def _read_clause(scene: Scene, setting: Setting) -> None:
    """Finds the pronoun and the role words of the region that tells the speaker."""
    low, tokens, verb = scene.low, scene.page.tokens, setting.verb
    for i in setting.region:
        kind = speaker_pronoun(low[i])
        if kind in ("she", "he") and low[i] not in _OBJECTS and (verb < 0 or abs(i - verb) <= 2):
            setting.pronoun = kind
        elif (kind in ("they", "i") or tokens[i].form == "I") and verb >= 0 and abs(i - verb) == 1:
            setting.pronoun = kind or "i"
        if (verb < 0 or abs(i - verb) <= 8) and is_role_word(tokens[i].form):
            setting.roles.append(low[i])
