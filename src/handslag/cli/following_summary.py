"""What `handslag follow` shows on the terminal: each commitment with its state and what was heard of it."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from handslag.following.results import Because, Followed, Following
from handslag.following.wording import said, silence
from handslag.kernel.markup import shown


def print_following(following: Following, console: Console, language: str) -> None:
    """Prints what was followed, in one language; weak candidates are marked as such."""
    paths = {document.sha256: document.path for document in following.documents}

    def words(because: Because) -> str:
        return because.sv if language == "sv" else because.en

    console.print(Rule(_text(f"{words(said('head', 'title'))} {following.as_of}"), style="cyan"))
    for item in following.commitments:
        _print_one(item, following, console, words, paths)
    if following.contradictions:
        console.print(Rule(_text(words(said("head", "contradictions"))), style="cyan"))
        for contradiction in following.contradictions:
            console.print(_text(words(contradiction.what)))
            for place in (contradiction.a, contradiction.b):
                console.print(Padding(_text(f"{paths[place.document]}: “{place.quote}”"), (0, 0, 0, 4)))
    for sha256 in following.undated:
        console.print(_text(f"{words(said('head', 'undated'))}: {paths[sha256]}", "dim"))


def _print_one(item: Followed, following: Following, console: Console, words, paths) -> None:  # type: ignore[no-untyped-def]
    who = "; ".join(item.commitment.who) or words(said("head", "unknown_party"))
    state = words(said("states", item.state.state))
    console.print(_text(f"{who}: {item.commitment.what}", "bold"))
    since = words(silence(item, following)) if item.state.state == "nothing heard since" else ""
    due = words(said("head", "due_passed")) if item.state.due_passed else ""
    console.print(Padding(_text(" · ".join(filter(None, [state, since, due]))), (0, 0, 0, 2)))
    for heard in item.heard:
        mark = words(said("certainty", heard.certainty))
        line = f"{heard.said_on or '?'} {words(said('says', heard.says))} ({mark}, {words(said('by', heard.by))}): “{heard.place.quote}”"
        console.print(Padding(_text(line, "dim" if heard.certainty == "weak" else ""), (0, 0, 0, 4)))


def _text(words: str, style: str = "") -> Text:
    return Text(shown(" ".join(words.split())), style=style)
