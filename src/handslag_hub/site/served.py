"""The site as `handslag hub serve` serves it: the database is brought up to date before the first answer."""

import gc

from handslag_hub.site.starting import bring_up_to_date, set_up

set_up()
bring_up_to_date()

from django.core.signals import request_finished  # noqa: E402  after the database

from handslag_hub.site.wsgi import application  # noqa: E402

__all__ = ["application"]


def leave_what_stays(**_signal: object) -> None:
    """With the first answer all modules are loaded: left out from then on, they keep no page waiting while what it leaves behind is collected (0.1 s)."""
    request_finished.disconnect(leave_what_stays)
    gc.collect()
    gc.freeze()


request_finished.connect(leave_what_stays)
