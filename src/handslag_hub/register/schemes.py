"""Schemes of identifiers: what the engine calls them, and the predicate under which the store keeps them."""

from __future__ import annotations

from handslag.register.identifiers import BadIdentifier, identifier_address, scheme_name

# Scheme → predicate: the store has the register of companies' number under its full name.
SCHEMES = {
    "orgnr": "organisation_number",
    "ror": "ror",
    "lei": "lei",
    "orcid": "orcid",
    "nct": "nct",
    "eudract": "eudract",
    "euct": "euct",
}
SCHEME_OF = {predicate: scheme for scheme, predicate in SCHEMES.items()}
# Which schemes an entry of a kind can have.
SCHEMES_FOR = {
    "organisation": ("orgnr", "ror", "lei"),
    "person": ("orcid",),
    "event": ("nct", "eudract", "euct"),
}


def identifier_name(predicate: str, language: str) -> str:
    """What the identifiers kept under a predicate are called, in sv or en."""
    return scheme_name(SCHEME_OF.get(predicate, predicate), language)


def official_address(predicate: str, value: str) -> str:
    """The page of the official register that shows an identifier; "" where there is none."""
    try:
        return identifier_address(SCHEME_OF.get(predicate, predicate), value)
    except BadIdentifier:
        # Kept by an earlier version or another tool: shown as it is, without a link.
        return ""
