"""Mail messages, as mail programs save them (RFC 5322 and MIME)."""

from handslag.reading.loading.mail.message import read_eml

__all__ = ["read_eml"]
