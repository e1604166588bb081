"""Forms: the letter, answers, reviews, dates. Whatever is wrong is said beside its field."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handslag_hub.asking.composing import has_place
from handslag_hub.asking.models import How, Letter, NextDate, Says
from handslag_hub.asking.services.letters import LONGEST_DAYS
from handslag_hub.store.models.documents import Visibility

LONGEST_ANSWER = 4000


def _day_input(**more: str) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **more}, format="%Y-%m-%d")


class LetterForm(forms.Form):
    """A letter as it is edited."""

    name = forms.CharField(label=gettext_lazy("To whom"), required=False, max_length=200, help_text=gettext_lazy("A person or an office, as it stands on the letter."))  # fmt: skip
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("The letter"), widget=forms.Textarea(attrs={"rows": 24}), max_length=40_000
    )
    answer_by = forms.DateField(label=gettext_lazy("Answer by"), widget=_day_input())
    works_until = forms.DateField(label=gettext_lazy("The address works until"), widget=_day_input())

    @classmethod
    def of(cls, letter: Letter) -> LetterForm:
        """The form with the letter as it is."""
        return cls(initial={name: getattr(letter, name) for name in cls.base_fields})

    def clean_name(self) -> str:
        """One line: it stands in the head of a mail."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_subject(self) -> str:
        """One line: it stands in the head of a mail."""
        return " ".join(self.cleaned_data["subject"].split())

    def clean_body(self) -> str:
        """The text says where the address is to stand."""
        body: str = self.cleaned_data["body"].replace("\r\n", "\n")
        if not has_place(body):
            raise forms.ValidationError(_("Write %(mark)s where the private address for the answer is to stand.") % {"mark": _("[address]")})  # fmt: skip
        return body

    def clean(self) -> None:
        """Days lie ahead, in order, and not for ever."""
        by, until = self.cleaned_data.get("answer_by"), self.cleaned_data.get("works_until")
        today = timezone.localdate()
        if by and by < today:
            self.add_error("answer_by", _("This day has passed."))
        if by and until and until < by:
            self.add_error("works_until", _("The address would end before the answer is asked for."))
        if until and until > today + timedelta(days=LONGEST_DAYS):
            self.add_error("works_until", _("An address works for at most %(days)d days.") % {"days": LONGEST_DAYS})


class AnswerForm(forms.Form):
    """What is true now of one commitment; nothing chosen: nothing said."""

    says = forms.ChoiceField(label=gettext_lazy("What is true now?"), required=False, widget=forms.RadioSelect)
    words = forms.CharField(label=gettext_lazy("In your words"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_ANSWER)  # fmt: skip
    day = forms.DateField(label=gettext_lazy("On which day was it so?"), required=False, widget=_day_input())
    link = forms.URLField(label=gettext_lazy("A page that tells more (if there is one)"), required=False, max_length=2000, assume_scheme="https")  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["says"].choices = [*Says.choices, ("", _("I leave this out"))]

    def clean_link(self) -> str:
        """A page of the web: nothing else is shown as a link."""
        link: str = self.cleaned_data["link"]
        if link and not link.startswith(("http://", "https://")):
            raise forms.ValidationError(_("Only pages of the web: https://…"))
        return link

    def clean(self) -> None:
        """What is said is said in words, of a day that has come."""
        says, words, day = (self.cleaned_data.get(name) for name in ("says", "words", "day"))
        if not says and (words or self.cleaned_data.get("link")):
            self.add_error("says", _("Choose what is true now, or leave the text empty."))
        if says and says != Says.NO_COMMENT and not words and "words" not in self.errors:
            self.add_error("words", _("Say it in a few words."))
        if day and day > timezone.localdate():
            self.add_error("day", _("This day has not come yet."))
        elif day and day.year < 1900:
            self.add_error("day", _("This day lies too far back."))

    @property
    def is_filled(self) -> bool:
        """True where something is said."""
        return bool(self.cleaned_data.get("says"))


class WhoForm(forms.Form):
    """Who answers; nobody has to say it."""

    name = forms.CharField(label=gettext_lazy("Your name and role (if you like)"), required=False, max_length=200)


class ReviewForm(forms.Form):
    """What a reviewer makes of an answer."""

    says = forms.ChoiceField(label=gettext_lazy("What is true now"), choices=Says.choices)
    words = forms.CharField(label=gettext_lazy("In these words"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=LONGEST_ANSWER)  # fmt: skip
    day = forms.DateField(label=gettext_lazy("Day"), widget=_day_input())
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    visibility = forms.TypedChoiceField(
        label=gettext_lazy("Who may see it"), choices=Visibility.choices, coerce=int, initial=1
    )

    def clean_day(self) -> object:
        """A day that has come."""
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> None:
        """What is said is said in words."""
        if self.cleaned_data.get("says") not in {None, Says.NO_COMMENT} and not self.cleaned_data.get("words"):
            self.add_error("words", _("Say it in a few words."))


class NextDateForm(forms.Form):
    """When to look again."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=_day_input())
    time = forms.TimeField(label=gettext_lazy("Time (if it has one)"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))  # fmt: skip
    what = forms.CharField(label=gettext_lazy("What for"), max_length=500)

    @classmethod
    def of(cls, there: NextDate) -> NextDateForm:
        """The form with the date as it is."""
        return cls(initial={"day": there.day, "time": there.time, "what": there.what}, auto_id=f"{there.uid}-%s")

    def clean_day(self) -> object:
        """A day of the calendars that people use."""
        day = self.cleaned_data["day"]
        if not 1900 <= day.year <= 2200:
            raise forms.ValidationError(_("This day lies too far away."))
        return day


class NoteForm(forms.Form):
    """A note for its writer alone."""

    text = forms.CharField(label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=10_000)


class TellingForm(forms.Form):
    """How somebody wants to be told."""

    how = forms.ChoiceField(label=gettext_lazy("By e-mail"), choices=How.choices, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=[("sv", "Svenska"), ("en", "English")])
    no_news = forms.BooleanField(label=gettext_lazy("Also when nothing is new"), required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)

    def __init__(self, *given: Any, team: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if team:
            # It goes to the account's address, which an administrator vouched for.
            del self.fields["email"]

    def clean(self) -> None:
        """A letter goes somewhere."""
        if "email" in self.fields and self.cleaned_data.get("how") and not self.cleaned_data.get("email"):
            self.add_error("email", _("Where are the letters to go?"))
