"""How fields of forms are drawn: label, help, errors, input, in the words of the style sheet."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class FieldRenderer(DjangoTemplates):
    """Django's, but for the template of a field: no colon after its label."""

    field_template_name = "design/field.html"
