"""A sheet as Markdown (CommonMark). Whatever a document or a person wrote is escaped: it can make no heading, link, picture or HTML."""

from __future__ import annotations

import re

from handslag_hub.briefs.sheet import Item, Note, Sheet

# What CommonMark and its common extensions give a meaning anywhere; addresses that would become links by themselves; and what has a meaning at
# the beginning of a line.
_MEANS = re.compile(r"([\\`*_\[\]<>&~|$@^]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_AT_BEGINNING = re.compile(r"^(\d*)([#+\-=.)(!:])")
# How a quotation begins in each language; it ends with the same mark in both.
_OPENING = {"sv": "”", "en": "“"}
_ENCODED = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", '"': "%22", " ": "%20", "\\": "%5C", "`": "%60"}


def markdown_of(sheet: Sheet) -> str:
    """The whole brief."""
    lines = [f"# {_text(sheet.title)}", "", f"{_text(sheet.about)} · {_text(sheet.known)} · {_text(sheet.level)}", ""]
    for part in sheet.parts:
        lines += [f"## {_text(part.title)} ({_text(part.count)})", ""]
        if part.empty:
            lines += [_text(part.empty), ""]
        for item in part.items:
            lines += _item(item, _OPENING[sheet.language])
        if part.items:
            lines.append("")
        if part.left_out:
            lines += [f"*{_text(part.left_out)}*", ""]
    if sheet.refs:
        lines += [f"## {_text(sheet.words['sources'])}", ""]
        lines += [f"- {_square(ref.number)} {_link(ref.title, ref.url)}{_after(ref.told)}" for ref in sheet.refs]
        lines.append("")
    lines += [_text(line) for line in (f"{sheet.left_out} {sheet.order}".strip(), sheet.neutral) if line]
    return "\n".join(lines).rstrip() + "\n"


def _item(item: Item, opening: str) -> list[str]:
    marks = " · ".join(_text(mark) for mark in item.marks)
    alarm = f" · **{_text(item.alarm)}**" if item.alarm else ""
    lead = f"**{_text(item.lead)}**: " if item.lead else ""
    lines = [f"- {lead}{_link(item.words, item.href)} ({marks}{alarm}){_refs(item.refs)}"]
    if item.quote:
        lines.append(f"  - {opening}{_text(item.quote)}”")
    return lines + [f"  - {_note(note, opening)}" for note in item.notes]


def _note(note: Note, opening: str) -> str:
    quote = f"{opening}{_text(note.quote)}”" if note.quote else ""
    return " ".join(part for part in (_text(note.words), quote) if part) + _refs(note.refs)


def _refs(numbers: tuple[int, ...]) -> str:
    return "".join(f" {_square(number)}" for number in numbers)


def _square(number: int) -> str:
    return f"\\[{number}\\]"


def _after(told: str) -> str:
    return f", {_text(told)}" if told else ""


def _link(words: str, url: str) -> str:
    return f"[{_text(words) or '…'}](<{_address(url)}>)" if url else _text(words)


def _address(url: str) -> str:
    return "".join(_ENCODED.get(letter, letter) for letter in url if letter.isprintable())


def _text(words: str) -> str:
    """The words on one line with nothing in them that means anything."""
    plain = "".join(letter if letter.isprintable() else " " for letter in words)
    escaped = _MEANS.sub(r"\\\1", " ".join(plain.split()))
    return _AT_BEGINNING.sub(r"\1\\\2", escaped)
