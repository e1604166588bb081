"""Briefs: what to choose from, and one as page, PDF and Markdown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from handslag_hub.accounts.doors import door
from handslag_hub.briefs.access import access_subject_by_uid, access_theme_by_key
from handslag_hub.briefs.brief import themes
from handslag_hub.briefs.queries.composing import Asked, compose
from handslag_hub.briefs.rendering.markdown import markdown_of
from handslag_hub.briefs.rendering.pdf import fitting, pdf_of
from handslag_hub.briefs.sheet import Sheet
from handslag_hub.briefs.telling import LANGUAGES, tell
from handslag_hub.commitments.forms import actors_named
from handslag_hub.commitments.queries.agreements import AgreementChoice, agreement_lines
from handslag_hub.design.words import called, language_now
from handslag_hub.store.models import Entity

_AGREEMENTS = 50


@door("reader")
def show_briefs(request: HttpRequest) -> HttpResponse:
    """Where one says of whom or what a brief is to be; by names it leads on to the brief."""
    names = {field: " ".join(request.GET.get(field, "").split())[:200] for field in ("name", "other")}
    found = {field: actors_named(request.actor, name) if name else [] for field, name in names.items()}
    told = {field: _("Nobody in the register is called “%(name)s”.") % {"name": name} for field, name in names.items() if name and not found[field]}  # fmt: skip
    asked = [found[field] for field, name in names.items() if name]
    if asked and all(len(entities) == 1 for entities in asked):
        return redirect(_with_day(request, _path_of([entities[0] for entities in asked])))
    several = [
        (_path_of([entity]), entity) for field in ("name", "other") for entity in found[field] if len(found[field]) > 1
    ]
    return render(request, "briefs/briefs.html", {
        "names": names, "told": told, "several": several, "themes": sorted((called("theme", key), key) for key in themes()),
        "agreements": agreement_lines(request.actor, request.as_known, AgreementChoice(), 0, _AGREEMENTS),
    }, status=422 if told else 200)  # fmt: skip


def _path_of(entities: list[Entity]) -> str:
    uids = [entity.canonical.uid for entity in entities]
    return reverse("brief-pair", args=uids) if len(set(uids)) > 1 else reverse("brief", args=uids[:1])


def _with_day(request: HttpRequest, path: str) -> str:
    return f"{path}?{request.as_known.query}" if request.as_known.query else path


@door("reader")
def show_brief(request: HttpRequest, uid: str) -> HttpResponse:
    """The brief of a party, a person or an agreement."""
    entity = access_subject_by_uid(request.actor, uid)
    if entity.canonical.uid != uid:
        return redirect(request.get_full_path().replace(uid, entity.canonical.uid, 1))
    return _answer(request, Asked((entity,)))


@door("reader")
def show_pair(request: HttpRequest, uid: str, other: str) -> HttpResponse:
    """The brief of two who will meet."""
    entities = [access_subject_by_uid(request.actor, key, "organisation", "person") for key in (uid, other)]
    canonical = [entity.canonical.uid for entity in entities]
    if canonical[0] == canonical[1]:
        return redirect(_with_day(request, reverse("brief", args=canonical[:1])))
    if canonical != [uid, other]:
        return redirect(_with_day(request, reverse("brief-pair", args=canonical)))
    return _answer(request, Asked(tuple(entities)))


@door("reader")
def show_theme(request: HttpRequest, theme: str) -> HttpResponse:
    """The brief of a theme."""
    return _answer(request, Asked(theme=access_theme_by_key(theme)))


def _answer(request: HttpRequest, asked: Asked) -> HttpResponse:
    """As page, or (`?as=pdf`, `?as=md`) as PDF or Markdown; `?all=1` for all lines, `?language=` for the other language."""
    form = request.GET.get("as", "")
    everything = request.GET.get("all") == "1"
    asked_for = request.GET.get("language", "")
    language = asked_for if asked_for in LANGUAGES else language_now()
    base = request.build_absolute_uri("/").rstrip("/") if form else ""
    brief = compose(request.actor, request.as_known, asked, timezone.localdate(), everything=everything)
    if everything:
        sheet = tell(brief, language, base=base)
        pdf = pdf_of(sheet, brief.made_on) if form == "pdf" else b""
    else:
        sheet, pdf = fitting(brief, language, base=base)
    if form == "pdf":
        return _file(pdf, "application/pdf", sheet, "pdf")
    if form == "md":
        return _file(markdown_of(sheet).encode(), "text/markdown; charset=utf-8", sheet, "md")
    return render(request, "briefs/brief.html", {
        "sheet": sheet, "brief": brief, "everything": everything, "languages": [key for key in LANGUAGES if key != language],
        "path": request.path, "language": asked_for if asked_for in LANGUAGES else "",
    })  # fmt: skip


def _file(content: bytes, content_type: str, sheet: Sheet, ending: str) -> HttpResponse:
    name = slugify(sheet.title)[:80] or "brief"
    return HttpResponse(content, content_type, headers={
        "Content-Disposition": f'attachment; filename="{name}.{ending}"', "Content-Language": sheet.language, "Cache-Control": "private, no-store",
    })  # fmt: skip
