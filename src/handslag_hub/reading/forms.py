"""What is handed over on the page "add"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handslag.reading.loading.document import Limits
from handslag.reading.loading.formats import ENDINGS
from handslag_hub.accounts.actors import Actor
from handslag_hub.reading.services import Incoming, incoming_file
from handslag_hub.store.models.documents import Visibility


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Any number of files, empty ones too: why these cannot be read is told like that of others."""

    def clean(self, data: Sequence[UploadedFile] | None, initial: object = None) -> list[UploadedFile]:
        return [super(_FilesField, self).clean(file, initial) for file in data or []]


class AddForm(forms.Form):
    """Files, or a text, with what the giver knows of them."""

    files = _FilesField(label=gettext_lazy("Files"), required=False, allow_empty_file=True,
        widget=_SeveralFiles(attrs={"accept": ",".join(ENDINGS)}))  # fmt: skip
    text = forms.CharField(label=gettext_lazy("Or a text, pasted"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6}))  # fmt: skip
    address = forms.URLField(label=gettext_lazy("Web address the page is from"), required=False, max_length=2000, assume_scheme="https")  # fmt: skip
    said_on = forms.DateField(label=gettext_lazy("Day it was said"), required=False, widget=forms.DateInput(attrs={"type": "date"}))  # fmt: skip
    visibility = forms.TypedChoiceField(label=gettext_lazy("Who may see it"), coerce=int, initial=Visibility.PUBLIC)

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = [choice for choice in Visibility.choices if choice[0] <= actor.level]

    def clean(self) -> dict[str, object]:
        """Something must be there; an address is that of one page."""
        given = super().clean()
        count = len(given.get("files") or []) + bool((given.get("text") or "").strip())
        if not count and "files" not in self.errors:
            self.add_error("files", _("Choose a file, or paste a text."))
        if count > 1 and given.get("address"):
            self.add_error("address", _("An address is that of one page: add the page alone, or leave the address out."))  # fmt: skip
        return given

    @property
    def kinds(self) -> str:
        """The formats that are read."""
        return ", ".join(dict.fromkeys(ENDINGS.values()))

    @property
    def megabytes(self) -> int:
        """The largest file that is read."""
        return Limits().max_bytes // 1_000_000

    @property
    def is_single(self) -> bool:
        return len(self.cleaned_data["files"]) + bool(self.cleaned_data["text"].strip()) == 1

    def incoming(self) -> Iterator[Incoming]:
        """The files, one after the other, so that only one is held in memory; then the text."""
        address = self.cleaned_data["address"]
        for file in self.cleaned_data["files"]:
            yield incoming_file(file, address)
        if self.cleaned_data["text"].strip():
            yield Incoming(f"{_('Pasted text')}.txt", self.cleaned_data["text"].encode(), address=address)

    @property
    def name(self) -> str:
        """What the batch is called: its file, or how many there are."""
        files = self.cleaned_data["files"]
        if not files:
            return _("Pasted text")
        return files[0].name if len(files) == 1 else _("%(name)s and others") % {"name": files[0].name}
