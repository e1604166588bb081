"""Elements and attributes of Office XML, found by their local names."""

from __future__ import annotations

from lxml.etree import _Element as Element


def local(element: Element) -> str:
    """An element's name without its namespace: those of strict and of transitional documents differ."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that local name."""
    if element is None:
        return None
    return next((inner for inner in element if local(inner) == name), None)


def value(element: Element | None, name: str) -> str | None:
    """The `val` of the first child of that local name ("" if it has none), None without such a child."""
    inner = child(element, name)
    return None if inner is None else attribute(inner, "val")


def attribute(element: Element, name: str) -> str:
    """The attribute of that local name, or ""."""
    for key, content in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(content)
    return ""


def is_on(element: Element | None, name: str) -> bool:
    """True if a switch such as `vanish` is set: present, and not "0", "false" or "off"."""
    setting = value(element, name)
    return setting is not None and setting.lower() not in ("0", "false", "off")
