"""Forms of the people page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from handslag_hub.accounts.models import Role


class InviteForm(forms.Form):
    """Whom to invite, as what."""

    username = forms.CharField(
        label=_("User name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail address"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.READER)
