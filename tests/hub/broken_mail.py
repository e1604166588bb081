"""A mail server that refuses letters to one person."""

from __future__ import annotations

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.locmem import EmailBackend


class RefusesLage(EmailBackend):
    """Refuses whoever is called Lage."""

    def send_messages(self, messages: list) -> int:
        """As a server does."""
        if any("lage@" in to for message in messages for to in message.to):
            raise SMTPRecipientsRefused({"lage@example.org": (550, b"no such mailbox")})
        return super().send_messages(messages)
