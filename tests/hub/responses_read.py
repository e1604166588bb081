"""Responses that a test reads without a client."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.signals import request_finished
from django.db import close_old_connections
from django.http.response import HttpResponseBase


@contextmanager
def closed_after(response: HttpResponseBase) -> Iterator[HttpResponseBase]:
    """Closes the response at the end, as a server does, but not the database's connection: it is in the test's transaction (so does the client)."""
    try:
        yield response
    finally:
        request_finished.disconnect(close_old_connections)
        response.close()
        request_finished.connect(close_old_connections)
