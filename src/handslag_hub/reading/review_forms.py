"""The form that corrects a fact: a field for each thing that a fact of its kind says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handslag.kernel.claims import Claim, EntityKey, normal_words, stable_uid
from handslag.reading.claims import organisation_key, period_claim
from handslag_hub.accounts.actors import Actor
from handslag_hub.design.typed_periods import period_typed
from handslag_hub.reading.cards import Card
from handslag_hub.reading.fact_fields import FIELDS, FactField
from handslag_hub.reading.fact_words import choices
from handslag_hub.reading.naming import entities_named, known_entity
from handslag_hub.store.models import Document, Passage
from handslag_hub.store.queries import Value

_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{3})+")
_WORDS, _NEW = "words", "new:"


def checked_number(text: str) -> str:
    """The number in plain digits; ValidationError where it is none or could be read in two ways."""
    plain = "".join(text.split()).replace("\u2212", "-")
    if _THOUSANDS.fullmatch(plain) and plain[-4] == ",":
        raise ValidationError(_("“%(text)s” can be read in two ways: write thousands without marks, as 6400000.") % {"text": text})  # fmt: skip
    if not _NUMBER.fullmatch(plain):
        raise ValidationError(_("Write the number in digits, such as 6400000 or 6.4."))
    return plain.replace(",", ".")


class CorrectionForm(forms.Form):
    """A fact's fields with their present values; what is changed becomes a correction, what is left alone does not.

    After `is_valid`, `corrected` has the claims of every predicate that was changed. A name that nobody is known under is asked about.
    """

    note = forms.CharField(label=gettext_lazy("Note (only for reviewers)"), required=False, max_length=2000)

    def __init__(self, actor: Actor, card: Card, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=None, auto_id="correct-%s")
        self.actor, self.card = actor, card
        self.told = FIELDS[card.fact.kind]
        self.corrected: dict[str, list[Claim]] = {}
        self.asked: dict[str, list[str]] = {}
        for told in self.told:
            self.fields[told.predicate] = self._field(told)
            if told.form == "period":
                self.fields[f"{told.predicate}_basis"] = forms.ChoiceField(
                    label=_("This date"), required=False, initial=self._basis(told),
                    choices=[("printed", _("stands on the page")), ("inferred", _("follows from the page"))],
                )  # fmt: skip
        self.fields["note"] = self.fields.pop("note")
        if data is not None:
            self.data = self._on_present_values(data)

    def _on_present_values(self, data: QueryDict) -> QueryDict:
        """What was typed, with today's values in the fields that were left alone: somebody else may have corrected these."""
        rebased = data.copy()
        for name, field in self.fields.items():
            was = data.get(f"initial-{name}")
            if was is not None and data.get(name, "").split() == was.split():
                rebased[name] = field.initial or ""
        return rebased

    # --- what the template shows ---------------------------------------------------------------------------------------

    def groups(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Each field with those that belong beside it: the basis of a date, questions about names."""
        found = []
        for told in self.told:
            extra = [self[name] for name in self.asked.get(told.predicate, ())]
            if told.form == "period":
                extra.append(self[f"{told.predicate}_basis"])
            found.append((self[told.predicate], extra))
        return [*found, (self["note"], [])]

    def _field(self, told: FactField) -> forms.Field:
        values = self._values(told)
        shared = {"label": told.label, "required": told.main, "initial": "; ".join(value.value for value in values)}
        if told.form == "closed":
            offered = choices(told.group)
            known = {key for key, _word in offered}
            offered += [(value.value, value.value) for value in values if value.value not in known]
            return forms.ChoiceField(choices=offered if told.main else [("", _("not known")), *offered], **shared)
        widget = forms.Textarea(attrs={"rows": 2}) if told.long else forms.TextInput()
        help_text = ""
        if told.many:
            help_text = _("Several are set apart by a semicolon.")
        elif told.form == "period":
            help_text = _("For example 2026-10-08, 2026-10, 2026-Q4, “autumn 2026”, 2026/2028, or /2026-10 for “by October 2026”.")  # fmt: skip
        validators = {"period": period_typed, "number": checked_number}
        field = forms.CharField(widget=widget, help_text=help_text, max_length=4000, **shared)
        if told.form in validators:
            check = validators[told.form]
            field.validators.append(lambda text: check(text) and None)
        return field

    def _values(self, told: FactField) -> list[Value]:
        return self.card.view.values.get(told.predicate, [])

    def _basis(self, told: FactField) -> str:
        values = self._values(told)
        return values[0].basis if values and values[0].basis == "inferred" else "printed"

    # --- what was typed ------------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, object]:
        """Gathers what was changed."""
        cleaned = super().clean()
        for told in self.told:
            if told.predicate in cleaned and self._changed(told, cleaned):
                self.corrected[told.predicate] = self._claims(told, cleaned)
        if self.card.fact.kind == "figure" and "value" in cleaned and ({"value", "unit"} & self.corrected.keys()):
            number, unit = checked_number(cleaned["value"]), cleaned.get("unit", "")
            self.corrected["value"] = [Claim(predicate="value", value=number, normal=number, unit=unit, basis=self._found(cleaned["value"]))]  # fmt: skip
        if not self.errors and not self.corrected:
            raise ValidationError(_("Nothing is changed here. If all is right as it is, accept it instead."))
        return cleaned

    def _changed(self, told: FactField, cleaned: dict[str, object]) -> bool:
        before = [value.value for value in self._values(told)]
        if told.form == "period" and before and cleaned.get(f"{told.predicate}_basis") != self._basis(told):
            return True
        return self._typed(told, cleaned) != before

    def _typed(self, told: FactField, cleaned: dict[str, object]) -> list[str]:
        text = str(cleaned.get(told.predicate) or "").strip()
        parts = text.split(";") if told.many else [text]
        if told.form == "number" and text:
            parts = [checked_number(text)]
        if told.form == "period" and text:
            parts = [period_typed(text)]
        return list(dict.fromkeys(part for part in (" ".join(part.split()) if told.many else part for part in parts) if part))  # fmt: skip

    def _claims(self, told: FactField, cleaned: dict[str, object]) -> list[Claim]:
        typed = self._typed(told, cleaned)
        if told.form == "period":
            basis = str(cleaned.get(f"{told.predicate}_basis") or "printed")
            return [period_claim(told.predicate, text, basis) for text in typed]
        if told.form == "closed":
            return [Claim(predicate=told.predicate, value=key, normal=key, basis="inferred") for key in typed]
        if told.form == "names":
            named = [(name, self._named(told, name)) for name in typed]
            return [Claim(predicate=told.predicate, value=name, normal=normal_words(name), object=key, basis=self._found(name)) for name, key in named]  # fmt: skip
        return [Claim(predicate=told.predicate, value=text, normal=normal_words(text), basis=self._found(text)) for text in typed]  # fmt: skip

    def _found(self, words: str) -> str:
        """Whether the words stand on the page; "" where there is no page."""
        document: Document | None = self.card.fact.document
        if document is None:
            return ""
        texts: Iterable[str] = (document.text, *(place.quote for place in self.card.places if isinstance(place, Passage)))  # fmt: skip
        return "printed" if any(normal_words(words) in normal_words(text) for text in texts) else "inferred"

    # --- names ---------------------------------------------------------------------------------------------------------

    def _named(self, told: FactField, name: str) -> EntityKey | None:
        for value in self._values(told):
            if value.value == name and value.uid:
                return EntityKey(value.kind, "", value.label, given_uid=value.uid)
        found = entities_named(self.actor, name, told.names, self.card.fact.document)
        if len(found) == 1:
            return known_entity(found[0])
        if not found and told.names == ("organisation",):
            return organisation_key(name)
        if not found and any(value.value == name for value in self._values(told)):
            return None
        return self._answered(told, name, {entity.uid: known_entity(entity) for entity in found})

    def _answered(self, told: FactField, name: str, found: dict[str, EntityKey]) -> EntityKey | None:
        """What the reviewer said a name stands for; without an answer they are asked, beside the field."""
        asking = f"{told.predicate}_as_{stable_uid(normal_words(name), length=8)}"
        offered = [(uid, entity.name) for uid, entity in found.items()]
        offered += [(_NEW + kind, _("a new organisation") if kind == "organisation" else _("a new person")) for kind in told.names if kind != "agreement"]  # fmt: skip
        offered.append((_WORDS, _("only words, nobody in the register")))
        self.fields[asking] = forms.ChoiceField(label=_("“%(name)s” is") % {"name": name}, choices=[("", "—"), *offered], required=False)  # fmt: skip
        self.asked.setdefault(told.predicate, []).append(asking)
        answer = str(self.data.get(asking, ""))
        if answer in found:
            return found[answer]
        if answer == _NEW + "organisation" and "organisation" in told.names:
            return organisation_key(name)
        if answer == _NEW + "person" and "person" in told.names:
            document = self.card.fact.document
            return EntityKey("person", f"{normal_words(name)}|{document.chain if document else self.card.fact.uid}", name)  # fmt: skip
        if answer != _WORDS:
            self.add_error(told.predicate, _("Several are called “%(name)s”: say which.") % {"name": name} if found
                else _("Nobody in the register is called “%(name)s”: say who that is.") % {"name": name})  # fmt: skip
        return None
