"""What became of a file, in the language that is set."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handslag_hub.reading.models import Arrival, State
from handslag_hub.store.models import Document


def outcome_in_words(arrival: Arrival) -> str:
    """What became of it: "read", "here already" or the like; for what was not read, why."""
    if arrival.state != State.FAILED:
        return State(arrival.state).label
    return _("not read: %(reason)s") % {"reason": why_not_read(arrival)}


def why_not_read(arrival: Arrival) -> str:
    """The reason why a file was not read, as a clause with what to do; "" where it was."""
    match arrival.reason_code:
        case "":
            return ""
        case "unreadable":
            return _reason(arrival.reason)
        case "denied":
            return _("was added by somebody who may no longer add documents; add it yourself")
        case "breaks":
            return _("ends every process that begins to read it; save it in another format and add it again")
        case _:
            return _("made the reader fail (%(error)s); please report this, with the file") % {"error": arrival.reason}


def day_of(document: Document) -> str:
    """The day, month or season on which the document was said, in words; "" where it is not known."""
    from handslag_hub.design.words import period_words  # noqa: PLC0415  as in `_reason`

    return period_words(document.said_period)


def _reason(reason: str) -> str:
    from handslag.reading.report import reason_in_words  # noqa: PLC0415  loads the words of the report, which no start should wait for
    from handslag_hub.design.words import language_now  # noqa: PLC0415  as above

    return reason_in_words(reason).in_language(language_now())
