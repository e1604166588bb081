"""One self-contained page of what was followed: commitments with their states and every passage, contradictions, documents."""

from __future__ import annotations

from handslag.following.results import Because, Contradiction, Followed, Following, Heard
from handslag.following.wording import said, silence
from handslag.kernel.markup import Html, html, join, tag

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0; }
article { border: 1px solid #8888; border-radius: .4rem; padding: .8rem 1rem; margin: .8rem 0; }
.state { font-weight: 600; } .note { opacity: .8; } ol, ul { padding-left: 1.2rem; }
blockquote { margin: .2rem 0; padding-left: .8rem; border-left: 3px solid #8888; }
details { margin-top: .4rem; }
"""


class _Page:
    """Writes one language's page."""

    def __init__(self, following: Following, language: str) -> None:
        self._following = following
        self._language = language
        self._documents = {document.sha256: document for document in following.documents}

    def whole(self) -> str:
        following = self._following
        title = self._say(said("head", "report"))
        known = self._say(said("head", "as_of", following.as_of))
        commitments = [self._commitment(item) for item in following.commitments]
        body = join(
            [
                tag("h1", f"{title}, {known}"),
                tag("p", self._say(said("head", "neutral")), class_="note"),
                tag("h2", self._say(said("head", "commitments"))),
                join(commitments) or tag("p", self._say(said("head", "no_commitments"))),
                tag("h2", self._say(said("head", "contradictions"))),
                join(map(self._contradiction, following.contradictions))
                or tag("p", self._say(said("head", "no_contradictions"))),
                tag("h2", self._say(said("head", "documents"))),
                tag("ul", *[tag("li", self._document(sha256)) for sha256 in self._documents]),
            ]
        )
        head = join(
            [
                Html('<meta charset="utf-8">'),
                Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
                Html(
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
                ),
                tag("title", title),
                tag("style", Html(_STYLE)),
            ]
        )
        return "<!doctype html>\n" + html(
            tag("html", tag("head", head), tag("body", tag("main", body)), lang=self._language)
        )

    def _commitment(self, item: Followed) -> Html:
        commitment, state = item.commitment, item.state
        place = commitment.evidence[0]
        notes = [self._say(said("states", state.state))]
        if state.state == "nothing heard since":
            notes.append(self._say(silence(item, self._following)))
        if commitment.when:
            notes.append(self._say(said("head", "due", commitment.when)))
        if state.due_passed:
            notes.append(self._say(said("head", "due_passed")))
        counted = [heard for heard in item.heard if heard.certainty != "weak"]
        weak = [heard for heard in item.heard if heard.certainty == "weak"]
        return tag(
            "article",
            tag("h3", "; ".join(commitment.who) or self._say(said("head", "unknown_party"))),
            tag("p", commitment.what),
            tag("blockquote", f"“{place.quote}” ", tag("cite", self._document(place.document))),
            tag("p", " · ".join(filter(None, notes)), class_="state"),
            tag("ol", *map(self._heard, counted)) if counted else None,
            tag("details", tag("summary", self._say(said("head", "weak"))), tag("ul", *map(self._heard, weak)))
            if weak
            else None,
            id=f"c-{commitment.id}",
        )

    def _heard(self, heard: Heard) -> Html:
        facts = " · ".join(
            [
                heard.said_on or self._say(said("head", "no_day")),
                self._say(said("says", heard.says)),
                self._say(said("by", heard.by)),
                self._say(said("basis", heard.basis)),
                self._say(said("certainty", heard.certainty)),
            ]
        )
        return tag(
            "li",
            facts,
            tag("blockquote", f"“{heard.place.quote}” ", tag("cite", self._document(heard.place.document))),
            tag("p", self._say(heard.why), class_="note"),
        )

    def _contradiction(self, contradiction: Contradiction) -> Html:
        return tag(
            "article",
            tag("h3", self._say(contradiction.what)),
            *[
                tag("blockquote", f"“{place.quote}” ", tag("cite", self._document(place.document)))
                for place in (contradiction.a, contradiction.b)
            ],
        )

    def _document(self, sha256: str) -> str:
        document = self._documents[sha256]
        return f"{document.path}, {document.said_on or self._say(said('head', 'no_day'))}"

    def _say(self, because: Because) -> str:
        return because.sv if self._language == "sv" else because.en


def html_report(following: Following, language: str = "sv") -> str:
    """The page, in one language, with nothing fetched from anywhere."""
    return _Page(following, language).whole()
