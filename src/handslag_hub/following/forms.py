"""Forms: what was told directly, and what a person says of a proposed word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handslag_hub.commitments.forms import TypedForm
from handslag_hub.commitments.wording import choices
from handslag_hub.design.typed_periods import PeriodField


class EvidenceForm(TypedForm):
    """What somebody told of a commitment since."""

    says = forms.ChoiceField(label=gettext_lazy("What it says"))
    by = forms.ChoiceField(label=gettext_lazy("Said by"), initial="owner", required=False)
    words = forms.CharField(
        label=gettext_lazy("In these words"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    link = forms.URLField(label=gettext_lazy("Link"), required=False, assume_scheme="https")
    day = PeriodField(label=gettext_lazy("Day"), help_text=gettext_lazy("When it was said: 2026-10-08 or 2026-10."))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["says"].choices = [("", "–"), *choices("says")]
        self.fields["by"].choices = choices("heard_by")

    def clean(self) -> None:
        """What is dated in the future has not been heard."""
        self.refuse_future("day", _("This day has not come yet."))
        # Where nobody says by whom it is not the owner's word.
        self.cleaned_data["by"] = self.cleaned_data.get("by") or "other"


class DecisionForm(forms.Form):
    """What a person decides on a word: the verdict, for a correction what it says and who says it."""

    verdict = forms.ChoiceField(choices=[(key, key) for key in ("accept", "correct", "reject", "unsure")])
    says = forms.ChoiceField(required=False)
    by = forms.ChoiceField(required=False)
    note = forms.CharField(required=False, max_length=2000)
    seen = forms.IntegerField(required=False, min_value=0)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["says"].choices = [("", ""), *choices("says")]
        self.fields["by"].choices = [("", ""), *choices("heard_by")]
