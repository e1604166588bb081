"""Forms: what is typed of milestones. Whatever is wrong is said beside its field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handslag_hub.commitments.forms import NamesField, TypedForm
from handslag_hub.commitments.wording import choices
from handslag_hub.design.typed_periods import PeriodField


def _words(label: Any, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}), **given)


class MilestoneForm(TypedForm):
    """A milestone of an agreement that no document tells of in a way that could be read."""

    name = forms.CharField(label=gettext_lazy("Milestone"), max_length=1000)
    lead = NamesField(label=gettext_lazy("In the lead"), help_text=gettext_lazy("One name on each line."))
    support = NamesField(label=gettext_lazy("In support"), required=False, help_text=gettext_lazy("One name on each line."))  # fmt: skip
    start = PeriodField(label=gettext_lazy("Begins"), required=False)
    when = PeriodField(label=gettext_lazy("Due"), required=False, help_text=gettext_lazy("A day or period: 2026-10-08, 2026-10, 2026-Q4. Leave it empty where no day was given."))  # fmt: skip
    words = _words(
        gettext_lazy("In these words"),
        required=False,
        help_text=gettext_lazy("Where a document says so: its words, exactly. They are looked for in the documents that tell of the agreement."),
    )  # fmt: skip
    link = forms.URLField(label=gettext_lazy("Link"), required=False, assume_scheme="https")

    def clean(self) -> None:
        """It does not end before it begins."""
        self.refuse_order("start", "when", _("It is due (%(later)s) before it begins (%(earlier)s)."))


class AssessmentForm(TypedForm):
    """What was reported of a milestone, by whoever is to do it or by somebody who has no part in it."""

    made_by = forms.ChoiceField(label=gettext_lazy("Reported as"))
    status = forms.ChoiceField(label=gettext_lazy("Status"))
    day = PeriodField(label=gettext_lazy("Day"), help_text=gettext_lazy("When it was reported: 2026-10-08 or 2026-10."))
    assessor = NamesField(label=gettext_lazy("Reported by"), required=False, single=True)
    words = _words(gettext_lazy("In these words"), required=False)
    link = forms.URLField(label=gettext_lazy("Link"), required=False, assume_scheme="https")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["made_by"].choices = [("", "–"), *choices("assessment_by")]
        self.fields["status"].choices = [("", "–"), *choices("milestone_status")]

    def clean(self) -> None:
        """What is dated in the future has not been reported."""
        self.refuse_future("day", _("This day has not come yet."))
