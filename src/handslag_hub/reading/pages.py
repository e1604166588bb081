"""The list of documents, and bringing in more."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.accounts.models import Role
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.design.paging import page_links
from handslag_hub.reading.access import access_batch_by_uid, access_near_copy_by_key
from handslag_hub.reading.forms import AddForm
from handslag_hub.reading.models import Arrival
from handslag_hub.reading.queries.documents import (
    Chosen,
    chosen_documents,
    languages_known,
    latest_batches,
    sources_known,
    view_batch,
    view_documents,
)
from handslag_hub.reading.services import bring_in, declare_version, dismiss_near_copy
from handslag_hub.store.access import access_document_by_uid
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.services.originals import original_path

_ON_A_PAGE = 50


@require_GET
@door("reader")
def show_documents(request: HttpRequest) -> HttpResponse:
    """The documents, narrowed as chosen."""
    actor, known = request.actor, request.as_known
    asked = request.GET
    chosen = Chosen(title=asked.get("title", "").strip()[:200], language=asked.get("language", ""), source=asked.get("source", ""),
        visibility=asked.get("visibility", ""), removed=bool(asked.get("removed")) and actor.may(Role.REVIEWER))  # fmt: skip
    page = Paginator(chosen_documents(actor, known, chosen), _ON_A_PAGE).get_page(asked.get("page"))
    fields = {"title": chosen.title, "language": chosen.language, "source": chosen.source, "visibility": chosen.visibility,
        "removed": "1" if chosen.removed else ""}  # fmt: skip
    narrowed = {key: value for key, value in fields.items() if value}
    return render(request, "reading/documents.html", {
        "page": page, "rows": view_documents(actor, known, page.object_list), "chosen": chosen, "narrowed": narrowed,
        "sources": sources_known(actor, known), "languages": languages_known(actor, known),
        "visibilities": [(str(value), label) for value, label in Visibility.choices if value <= actor.level],
        "may_add": actor.may(Role.REVIEWER), **page_links(request, page),
    })  # fmt: skip


@door("reviewer")
def show_add(request: HttpRequest) -> HttpResponse:
    """Files and texts are handed over here; by POST they are kept, and read behind."""
    form = AddForm(request.POST or None, request.FILES or None, actor=request.actor)
    if request.method != "POST":
        batches = latest_batches(request.actor)
        return render(request, "reading/add.html", {"form": form, "batches": batches})
    if not form.is_valid():
        if request.htmx:
            answer = render(request, "reading/add_form_part.html", {"form": form})
            answer["HX-Retarget"], answer["HX-Reswap"] = "#add-form", "outerHTML"
            return answer
        batches = latest_batches(request.actor)
        return render(request, "reading/add.html", {"form": form, "batches": batches}, status=422)
    given = form.cleaned_data
    batch = bring_in(request.actor, form.incoming(), name=form.name, visibility=given["visibility"],
        said_on=given["said_on"].isoformat() if given["said_on"] else "", said_on_is_fallback=not form.is_single)  # fmt: skip
    if request.htmx:
        return render(request, "reading/batch_part.html", {"view": view_batch(request.actor, batch), "is_new": True})
    return redirect("batch", batch.uid)


@require_GET
@door("reviewer")
def show_batch(request: HttpRequest, uid: str) -> HttpResponse:
    """What became of files that were brought in together; asked by HTMX, only the part that changes."""
    batch = access_batch_by_uid(request.actor, uid)
    number = number_asked(request.GET.get("page", ""), digits=6) or 1
    view = view_batch(request.actor, batch, number)
    template = "reading/batch_part.html" if request.htmx else "reading/batch.html"
    return render(request, template, {"view": view})


@require_POST
@door("reviewer")
def judge_near_copy(request: HttpRequest, key: int) -> HttpResponse:
    """A newer version, or another page."""
    near = access_near_copy_by_key(request.actor, key)
    if request.POST.get("verdict") == "version":
        return redirect("batch", declare_version(request.actor, near).uid)
    dismiss_near_copy(request.actor, near)
    messages.success(request, _("They are kept as two pages."))
    home = Arrival.objects.filter(document=near.document).order_by("pk").values_list("batch__uid", flat=True).first()
    return redirect("batch", home) if home else redirect("documents")


@require_POST
@door("reviewer")
def read_document_again(request: HttpRequest, uid: str) -> HttpResponse:
    """The document is read again by the reader as it is now."""
    from handslag_hub.reading.services.read_again import read_again  # noqa: PLC0415  what reads is loaded where it is needed

    document = access_document_by_uid(request.actor, uid)
    done = read_again(request.actor, document)
    if done.action is None:
        messages.info(request, _("Read again: nothing is different."))
    else:
        parts = [
            ngettext("%(count)d new fact", "%(count)d new facts", done.added) % {"count": done.added},
            ngettext("%(count)d that says something else", "%(count)d that say something else", done.changed) % {"count": done.changed},
            ngettext("%(count)d no longer found", "%(count)d no longer found", done.gone) % {"count": done.gone},
        ]  # fmt: skip
        messages.success(request, _("Read again: %(what)s.") % {"what": ", ".join(parts)})
    return redirect("document", document.uid)


@require_GET
@door("reader")
def download_original(request: HttpRequest, uid: str) -> FileResponse:
    """The file as it came in, to be saved and never shown by the browser as a page of this site."""
    document = access_document_by_uid(request.actor, uid)
    if not document.live and not request.actor.may(Role.REVIEWER):
        raise Http404(_("There is no such document."))
    original = document.original
    path = original_path(original.sha256) if original and not original.gone else None
    if path is None or not path.is_file():
        raise Http404(_("The original file is not here."))
    # The same bytes may have come in elsewhere under a name that tells something.
    arrival = Arrival.objects.filter(document=document).order_by("pk").first()
    name = arrival.name if arrival else document.uid
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
