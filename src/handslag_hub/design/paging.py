"""Lists that are shown a page at a time."""

from __future__ import annotations

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.translation import gettext as _


def page_links(request: HttpRequest, page: Page) -> dict[str, str]:
    """What `design/pager.html` shows: the addresses before and after this page ("" where there is none), all else kept, and which it is."""

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"{request.path}?{query.urlencode()}"

    return {
        "earlier": address(page.number - 1) if page.has_previous() else "",
        "later": address(page.number + 1) if page.has_next() else "",
        "shown": _("Page %(number)s of %(total)s") % {"number": page.number, "total": page.paginator.num_pages},
    }
