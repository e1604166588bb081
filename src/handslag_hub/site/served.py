"""The site as `handslag hub serve` serves it: the database is brought up to date before the first answer."""

from handslag_hub.site.starting import bring_up_to_date, set_up

set_up()
bring_up_to_date()

from handslag_hub.site.wsgi import application  # noqa: E402  after the database

__all__ = ["application"]
