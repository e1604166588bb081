"""Forms: the ledger's choices, and what is typed by hand. Whatever is wrong is said beside its field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.fields import InvalidJSONInput
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handslag.kernel.claims import normal_words
from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import parse_period
from handslag.reading.claims import organisation_key
from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.services import Named
from handslag_hub.commitments.wording import choices
from handslag_hub.design.typed_periods import PeriodField
from handslag_hub.reading.naming import known_entity
from handslag_hub.store.models import Entity, NameKey
from handslag_hub.store.models.documents import Visibility

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def actors_named(actor: Actor, name: str) -> list[Entity]:
    """The organisations and people whom the register knows under a name, as far as the actor may see."""
    keys = NameKey.objects.filter(kind="folded", key=normal_words(name)[:255], level__lte=actor.level, entity__kind__in=("organisation", "person"),
        entity__level__lte=actor.level)  # fmt: skip
    canonical = keys.values("entity__canonical")
    return list(Entity.objects.filter(pk__in=canonical).order_by("kind", "pk"))


class NamesField(forms.CharField):
    """Names of actors, one on each line; found in the register, or new organisations."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, *, single: bool = False, **given: Any) -> None:
        super().__init__(**({"widget": forms.TextInput} if single else {}), **given)
        self.actor: Actor | None = None

    def clean(self, value: Any) -> list[Named]:  # type: ignore[override]  # names, not their text
        """The names with whom they mean; refused where the register knows several under one name."""
        found = []
        for line in dict.fromkeys(" ".join(line.split()) for line in super().clean(value).splitlines() if line.strip()):
            words, bracket, uid = line.removesuffix("]").rpartition(" [")
            name = words if bracket else line
            there = actors_named(self.actor, name)
            if bracket:
                there = [entity for entity in there if entity.uid == uid]
                if not there:
                    raise forms.ValidationError(_("“%(name)s” is not in the register.") % {"name": line})
            if len(there) > 1:
                listed = ", ".join(f"{name} [{entity.uid}]" for entity in there)
                raise forms.ValidationError(_("The register knows several under “%(name)s”. Write the one you mean: %(listed)s.") % {"name": name, "listed": listed})  # fmt: skip
            found.append(Named(name, known_entity(there[0]) if there else organisation_key(name)))
        return found


class TypedForm(forms.Form):
    """What all forms for typing have: who may see it, and whoever types."""

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["visibility"] = forms.TypedChoiceField(
            label=_("Who may see it"), choices=Visibility.choices, coerce=int, initial=1
        )
        for field in self.fields.values():
            field.actor = actor

    def refuse_order(self, earlier: str, later: str, message: str) -> None:
        """An error beside `later` where its last day lies before the first day of `earlier`."""
        first, last = self.cleaned_data.get(earlier), self.cleaned_data.get(later)
        try:
            begin, end = parse_period(first or "").first, parse_period(last or "").last
        except BadPeriod:
            return
        if begin and end and end < begin:
            self.add_error(later, message % {"earlier": first, "later": last})

    def refuse_future(self, name: str, message: str) -> None:
        """An error beside a day that has not come yet."""
        try:
            first = parse_period(self.cleaned_data.get(name) or "").first
        except BadPeriod:
            return
        if first and first > timezone.localdate():
            self.add_error(name, message)


def _one_line(label: Any, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, **given)


class CommitmentForm(TypedForm):
    """A commitment as somebody knows it from elsewhere."""

    who = NamesField(label=gettext_lazy("Who"), help_text=gettext_lazy("One name on each line."))
    what = forms.CharField(label=gettext_lazy("What"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000)
    firmness = forms.ChoiceField(label=gettext_lazy("Firmness"))
    cue = _one_line(
        gettext_lazy("Deciding words"),
        required=False,
        help_text=gettext_lazy("The words that tell how firm it is: “ska”, “promised”."),
    )
    when = PeriodField(label=gettext_lazy("Due"), required=False, help_text=gettext_lazy("A day or period: 2026-10-08, 2026-10, 2026-Q4. Leave it empty where no day was given."))  # fmt: skip
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    said_by = NamesField(label=gettext_lazy("Said by"), required=False, single=True)
    to_whom = NamesField(label=gettext_lazy("To whom"), required=False, single=True)
    day = PeriodField(label=gettext_lazy("Said on"), required=False)
    words = forms.CharField(
        label=gettext_lazy("In these words"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=4000
    )
    link = forms.URLField(label=gettext_lazy("Link"), required=False, assume_scheme="https")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        # None is chosen for whoever types: the first of the scale says that it is done.
        self.fields["firmness"].choices = [("", "–"), *choices("firmness")]
        self.fields["theme"].choices = [("", "–"), *choices("theme")]

    def clean(self) -> None:
        """Days that contradict each other are refused."""
        self.refuse_order("day", "when", _("It is due (%(later)s) before it was said (%(earlier)s)."))
        self.refuse_future("day", _("This day has not come yet."))


class AgreementForm(TypedForm):
    """An agreement as somebody knows it from elsewhere."""

    name = _one_line(gettext_lazy("Name"))
    form = _one_line(
        gettext_lazy("Form"), required=False, help_text=gettext_lazy("Memorandum of understanding, letter of intent, …")
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"))
    party = NamesField(label=gettext_lazy("Parties"), help_text=gettext_lazy("One name on each line."))
    signatory = NamesField(
        label=gettext_lazy("Signed by"),
        required=False,
        help_text=gettext_lazy("Only those who signed, not those who were there."),
    )
    area = forms.CharField(
        label=gettext_lazy("Areas"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One on each line."),
    )
    activity = forms.CharField(label=gettext_lazy("Activities"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=gettext_lazy("One on each line."))  # fmt: skip
    date = PeriodField(label=gettext_lazy("Day"), required=False)
    place = _one_line(gettext_lazy("Place"), required=False)
    words = forms.CharField(
        label=gettext_lazy("In these words"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=4000
    )
    link = forms.URLField(label=gettext_lazy("Link"), required=False, assume_scheme="https")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["status"].choices = [("", "–"), *choices("agreement_status")]

    def clean(self) -> None:
        """An agreement has two sides, and is not concluded on a day that has not come."""
        if len(self.cleaned_data.get("party") or [0, 0]) < 2:
            self.add_error("party", _("An agreement has at least two parties, one on each line."))
        if self.cleaned_data.get("status") == "concluded":
            self.refuse_future("date", _("This day has not come yet: an agreement that is to come is “planned”."))


class RangeForm(forms.Form):
    """From a day to a day; each may be left open."""

    due_from = forms.DateField(label=gettext_lazy("Due from"), required=False, widget=_DAY)
    due_to = forms.DateField(label=gettext_lazy("to"), required=False, widget=_DAY)

    def clean(self) -> None:
        """The first day is not after the last."""
        first, last = self.cleaned_data.get("due_from"), self.cleaned_data.get("due_to")
        if first and last and last < first:
            self.add_error("due_to", _("This day lies before the first one."))


class SeenField(forms.JSONField):
    """What was before one's eyes, as the page wrote it; anything may come back."""

    def to_python(self, value: Any) -> Any:
        """The value; ValidationError also for numbers and nests that Python refuses to read."""
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid", params={"value": "…"}) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The value as the form shows it again; what cannot be read as it came."""
        try:
            return super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return InvalidJSONInput(data)


class SettleForm(forms.Form):
    """For which value a conflict is settled (none: left standing), and why."""

    value = forms.CharField(required=False)
    seen = SeenField()
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
