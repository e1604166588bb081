"""PowerPoint and Excel files as small as they may be, written by hand: a zip file of XML parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CORE = (
    '<c:coreProperties xmlns:c="c" xmlns:d="d" xmlns:t="t"><d:title>{title}</d:title>'
    "<t:created>{created}</t:created><t:modified>{modified}</t:modified></c:coreProperties>"
)


def archive(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def relations(*links: tuple[str, str, str]) -> str:
    """A relations part of (identifier, last word of the type, target)."""
    inside = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{to}"/>' for name, kind, to in links)
    return f'<Relationships xmlns="{RELATIONS}">{inside}</Relationships>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<a:p><a:pPr>{properties}</a:pPr><a:r><a:rPr/><a:t>{escape(text)}</a:t></a:r></a:p>"


def shape(*paragraphs: str, fills: str | None = None) -> str:
    """A shape of a slide; `fills` is the kind of placeholder ("" for one without a kind)."""
    kind = f' type="{fills}"' if fills else ""
    mark = "" if fills is None else f'<p:ph{kind} idx="1"/>'
    written = "".join(text if text.startswith("<") else paragraph(text) for text in paragraphs)
    return f"<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr>{mark}</p:nvPr></p:nvSpPr><p:txBody>{written}</p:txBody></p:sp>"


def table(*rows: tuple[str, ...]) -> str:
    """A frame with a table; a cell that starts with "<a:tc" is written as it is."""

    def cell(text: str) -> str:
        return text if text.startswith("<") else f"<a:tc><a:txBody>{paragraph(text)}</a:txBody></a:tc>"

    inside = "".join(f"<a:tr>{''.join(map(cell, row))}</a:tr>" for row in rows)
    return frame(f"<a:tbl>{inside}</a:tbl>")


def frame(content: str) -> str:
    return f"<p:graphicFrame><a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></p:graphicFrame>"


def slide(*shapes: str, settings: str = "") -> str:
    names = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{OFFICE}"'
    return f"<p:sld {names} {settings}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def presentation(*slides: str, order: list[int] | None = None, **more: str | bytes) -> bytes:
    """A presentation of slides, shown in `order`; `more` are further parts, "/" written as "__"."""
    shown = range(1, len(slides) + 1) if order is None else order
    listed = "".join(f'<p:sldId id="{255 + number}" r:id="s{number}"/>' for number in shown)
    main = f'<p:presentation xmlns:p="{P}" xmlns:r="{OFFICE}"><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>'
    links = [(f"s{number}", "slide", f"slides/slide{number}.xml") for number in range(1, len(slides) + 1)]
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(("m", "officeDocument", "ppt/presentation.xml"), ("c", "core-properties", "core.xml")),
        "ppt/presentation.xml": main,
        "ppt/_rels/presentation.xml.rels": relations(*links),
    }
    parts |= {f"ppt/slides/slide{number}.xml": content for number, content in enumerate(slides, start=1)}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})


def sheet(*rows: str, before: str = "") -> str:
    """A worksheet of rows, each the XML of its cells or, starting with "<row", of itself."""
    written = "".join(row if row.startswith("<row") else f"<row>{row}</row>" for row in rows)
    return f'<worksheet xmlns="{S}">{before}<sheetData>{written}</sheetData></worksheet>'


def text(content: str, place: str = "") -> str:
    """A cell with a text of its own."""
    where = f' r="{place}"' if place else ""
    return f'<c t="inlineStr"{where}><is><t>{escape(content)}</t></is></c>'


def value(content: str, kind: str = "n", style: int = 0, place: str = "") -> str:
    where = f' r="{place}"' if place else ""
    return f'<c t="{kind}" s="{style}"{where}><v>{escape(content)}</v></c>'


def workbook(
    sheets: Mapping[str, str],
    *,
    strings: str = "",
    codes: tuple[str, ...] = (),
    states: Mapping[str, str] | None = None,
    settings: str = "",
    **more: str | bytes,
) -> bytes:
    """A workbook of named sheets; style n has the n-th of the number format codes, style 0 none."""
    states = states or {}
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="s{number}" state="{states.get(name, "visible")}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    links = [(f"s{number}", "worksheet", f"/xl/worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    formats = "".join(f'<numFmt numFmtId="{170 + n}" formatCode={quoteattr(code)}/>' for n, code in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{170 + number}"/>' for number in range(len(codes)))
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(("m", "officeDocument", "xl/workbook.xml"), ("c", "core-properties", "core.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{OFFICE}">{settings}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *links, ("t", "styles", "styles.xml"), ("u", "sharedStrings", "sharedStrings.xml")
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{S}"><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>'
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{S}">{strings}</sst>',
    }
    parts |= {f"xl/worksheets/sheet{number}.xml": content for number, content in enumerate(sheets.values(), start=1)}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()})
