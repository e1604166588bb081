"""The commands speak the language of the terminal."""

from __future__ import annotations

import os

from django.utils import translation

from handslag.cli.summary import terminal_language


def speak_as_terminal() -> None:
    """Swedish or English, as the environment has it."""
    translation.activate(terminal_language(os.environ))
