"""Forms of the register: what is typed by hand, checked, with errors beside the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag.register.identifiers import BadIdentifier, check_identifier, scheme_name
from handslag.vocabulary.load import vocabulary
from handslag_hub.design.typed_periods import PeriodField
from handslag_hub.design.words import language_now
from handslag_hub.register.schemes import SCHEMES, SCHEMES_FOR
from handslag_hub.store.models.documents import Visibility

LANGUAGES = (("", _("not known")), ("sv", _("Swedish")), ("en", _("English")))
TENSES = ("current", "former", "coming")


def labelled(group: str, keys: tuple[str, ...] = (), *, empty: object = None) -> list[tuple[str, object]]:
    """Choices of a group of the vocabulary's labels, in the language of this page."""
    labels = vocabulary("labels")[group]
    chosen: list[tuple[str, object]] = [(key, labels[key][language_now()]) for key in (keys or labels)]
    return chosen if empty is None else [("", empty), *chosen]


class _Typed(forms.Form):
    """What all have: where it is from, and a language of the words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin"] = forms.CharField(label=_("Where you have it from"), max_length=200, required=False,
            help_text=_("A link, a file and row, “told on the phone” …"))  # fmt: skip


class _New(_Typed):
    language = forms.ChoiceField(label=_("Language of the name"), choices=LANGUAGES, required=False)
    visibility = forms.TypedChoiceField(label=_("Who may see it"), choices=Visibility.choices, coerce=int, initial=Visibility.PUBLIC)  # fmt: skip


class OrganisationForm(_New):
    """A new organisation."""

    name = forms.CharField(label=_("Name"), max_length=500)
    aliases = forms.CharField(label=_("Other names"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One on each line."))  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    field_order = ("name", "aliases", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = labelled("organisation_kind", empty=_("not known"))

    def clean_aliases(self) -> list[str]:
        """The other names, one of each."""
        return list(
            dict.fromkeys(line.strip()[:500] for line in self.cleaned_data["aliases"].splitlines() if line.strip())
        )


class RoleForm(_Typed):
    """A role of a person."""

    role = forms.CharField(label=_("Role"), max_length=300)
    organisation = forms.CharField(label=_("Organisation"), max_length=500, required=False,
        help_text=_("Its name or another name of it; one that is not in the register yet is added."))  # fmt: skip
    tense = forms.ChoiceField(label=_("When"))
    period = PeriodField(label=_("From and to"), max_length=80, required=False, help_text=_("2020/ since 2020, /2024 until 2024, 2020/2024 both."))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tense"].choices = labelled("tense", TENSES)


class PersonForm(RoleForm, _New):
    """A new person with a role."""

    name = forms.CharField(label=_("Name"), max_length=300)
    role = forms.CharField(label=_("Role"), max_length=300, required=False)
    field_order = ("name", "role", "organisation", "tense", "period", "language", "visibility")


class EventForm(_New):
    """A new event."""

    name = forms.CharField(label=_("Name"), max_length=500)
    day = PeriodField(label=_("Day"), max_length=80, help_text=_("2026-10-08, 2026-10 or 2026; 2026-10-08/2026-10-09 for several days."))  # fmt: skip
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    organisation = forms.CharField(label=_("Held by"), max_length=500, required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    field_order = ("name", "day", "place", "organisation", "status")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = labelled("event_status", ("planned", "held", "moved", "cancelled"), empty=_("not known"))  # fmt: skip


class NameForm(_Typed):
    """A further name of an entry."""

    name = forms.CharField(label=_("Name"), max_length=500)
    is_alias = forms.TypedChoiceField(label=_("What it is"), choices=(("1", _("another name, a short form")), ("", _("its name"))),
        coerce=bool, required=False, empty_value=False, initial="1")  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the name"), choices=LANGUAGES, required=False)


class IdentifierForm(_Typed):
    """An identifier of an entry; `entity_kind` tells which schemes there are."""

    scheme = forms.ChoiceField(label=_("Register"))
    value = forms.CharField(label=_("Number or code"), max_length=200, help_text=_("As printed, or its address in the register."))  # fmt: skip

    def __init__(self, *args: Any, entity_kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [(key, scheme_name(key, language_now())) for key in SCHEMES_FOR[entity_kind]]

    def clean(self) -> dict[str, Any]:
        """The value in its normal form, and the predicate under which it is kept."""
        cleaned = super().clean() or self.cleaned_data
        if "scheme" in cleaned and "value" in cleaned:
            try:
                cleaned["value"] = check_identifier(cleaned["scheme"], cleaned["value"])
            except BadIdentifier as error:
                self.add_error("value", error.text[language_now()])
            cleaned["predicate"] = SCHEMES[cleaned["scheme"]]
        return cleaned
