"""Days and periods as people type them, in any form: what they are, or why they are none."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from handslag.kernel.periods import is_period
from handslag.language.dates import typed_period
from handslag_hub.design.words import language_now

# A day, month or week in figures that the calendar has not, or none at all.
_IN_FIGURES = re.compile(
    r"[0-9]{4}-(?:[0-9]{2}(?:-[0-9]{2})?|W[0-9]{2})"
    r"|[0-9]{1,2}(?:[./ ]|\. )(?:[0-9]{1,2}(?:[./ ]|\. )|[^\W\d]{3,9}\.? )[0-9]{4}"
)


def period_typed(text: str) -> str:
    """The period as the contract writes it; ValidationError, saying what is wrong, for anything else."""
    text = text.strip()
    if period := typed_period(text, language_now()):
        return period
    begin, slash, end = text.partition("/")
    told = {"text": text[:60]}
    if slash and is_period(begin) and is_period(end):
        raise ValidationError(_("“%(text)s” ends before it begins: put the earlier end first.") % told)
    if _IN_FIGURES.fullmatch(text):
        raise ValidationError(_("“%(text)s” is not in the calendar: check its month, day or week.") % told)
    raise ValidationError(_("“%(text)s” is no date known here. Write it as 2026, 2026-10, 2026-10-08, 2026-W41, 2026-Q4, 2026/2028, /2026-10 (by then) or 2026/ (from then), or in words with the year, such as “spring 2027”.") % told)  # fmt: skip


class PeriodField(forms.CharField):
    """A day or period, in any form; cleaned, it is as the contract writes it."""

    def clean(self, value: Any) -> str:
        """The period, "" for nothing."""
        text = super().clean(value)
        return period_typed(text) if text else ""
