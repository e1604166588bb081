"""Identifiers of organisations, persons and trials: checked, in one normal form, with the page of their register."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from handslag.kernel.errors import HandslagError
from handslag.vocabulary.load import vocabulary

_CROCKFORD: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


class BadIdentifier(HandslagError):
    """An identifier that is not one: `fault` is form, check, person or scheme; `text` has its words in sv and en."""

    def __init__(self, scheme: str, fault: str, **words: str) -> None:
        self.scheme = scheme
        self.fault = fault
        self.text: Mapping[str, str] = {
            language: template.format(scheme=scheme_name(scheme, language), **words)
            for language, template in vocabulary("identifiers")["faults"][fault].items()
        }
        super().__init__(self.text["en"])


def schemes() -> tuple[str, ...]:
    """The schemes that are checked: orgnr, ror, lei, orcid, nct, eudract, euct."""
    return tuple(_CHECKS)


def scheme_name(scheme: str, language: str) -> str:
    """What a scheme is called in sv or en; an unknown scheme's own key."""
    return str(vocabulary("identifiers")["schemes"].get(scheme, {}).get(language, scheme))


def check_identifier(scheme: str, value: str) -> str:
    """The normal form of an identifier, given as printed or as its register's address; BadIdentifier says what is wrong.

    orgnr 556012-5790 (ten digits, Luhn; a leading 16 goes), ror 056d84691, lei (ISO 17442), orcid (ISO 7064 mod 11-2), nct,
    eudract 2015-001234-37, euct 2023-501234-15-00. The last three are checked in form only: how their check digits are made
    is not published.
    """
    if scheme not in _CHECKS:
        raise BadIdentifier(scheme, "scheme", found=repr(scheme), schemes=", ".join(_CHECKS))
    plain = "".join(value.translate(_DASHES).split()).replace("\u00ad", "")
    return _CHECKS[scheme](plain, value.strip())


def identifier_address(scheme: str, value: str) -> str:
    """The page of the official register that shows an identifier; BadIdentifier where it is none."""
    normal = check_identifier(scheme, value)
    template = str(vocabulary("identifiers")["schemes"][scheme]["address"])
    return template.format(value=normal, digits=normal.replace("-", ""))


def _organisation_number(plain: str, printed: str) -> str:
    digits = plain.replace("-", "").replace("+", "")
    match = re.fullmatch(r"(?:16)?([0-9]{10})", digits)
    if match is None:
        # Twelve digits that begin with a century are a personal identity number: not to be repeated in a message.
        if re.fullmatch(r"(?:19|20)[0-9]{10}", digits):
            raise BadIdentifier("orgnr", "person")
        raise _no_form("orgnr", printed)
    number = match[1]
    if number[2] < "2":
        raise BadIdentifier("orgnr", "person")
    if _luhn(number) % 10:
        raise _no_check("orgnr", printed)
    return f"{number[:6]}-{number[6:]}"


def _luhn(digits: str) -> int:
    """The sum of the digits, every second from the left doubled and its digits added (ten digits)."""
    return sum(sum(divmod(int(digit) * (2 - k % 2), 10)) for k, digit in enumerate(digits))


def _ror(plain: str, printed: str) -> str:
    value = re.sub(r"^(?:https?://)?(?:www\.)?ror\.org/", "", plain.casefold()).rstrip("/")
    if not re.fullmatch(rf"0[{_CROCKFORD}]{{6}}[0-9]{{2}}", value):
        raise _no_form("ror", printed)
    number = 0
    for letter in value[1:7]:
        number = number * 32 + _CROCKFORD.index(letter)
    # ISO 7064 mod 97-10, as ROR makes its identifiers
    if 98 - number * 100 % 97 != int(value[7:]):
        raise _no_check("ror", printed)
    return value


def _lei(plain: str, printed: str) -> str:
    value = re.sub(r"^(?:https?://)?search\.gleif\.org/#/record/", "", plain, flags=re.IGNORECASE).upper()
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", value):
        raise _no_form("lei", printed)
    if int("".join(str(int(letter, 36)) for letter in value)) % 97 != 1:
        raise _no_check("lei", printed)
    return value


def _orcid(plain: str, printed: str) -> str:
    value = re.sub(r"^(?:https?://)?(?:www\.)?orcid\.org/", "", plain, flags=re.IGNORECASE).upper().rstrip("/")
    digits = value.replace("-", "")
    if not re.fullmatch(r"[0-9]{15}[0-9X]", digits):
        raise _no_form("orcid", printed)
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    if "0123456789X"[(12 - total % 11) % 11] != digits[15]:
        raise _no_check("orcid", printed)
    return "-".join(digits[k : k + 4] for k in range(0, 16, 4))


def _by_form(scheme: str, form: str) -> Callable[[str, str], str]:
    """A check of the form alone."""

    def check(plain: str, printed: str) -> str:
        value = plain.upper().rstrip("/").rpartition("/")[2].rpartition(":")[2]
        if not re.fullmatch(form, value):
            raise _no_form(scheme, printed)
        return value

    return check


def _no_form(scheme: str, printed: str) -> BadIdentifier:
    expected = str(vocabulary("identifiers")["schemes"][scheme]["expected"])
    return BadIdentifier(scheme, "form", found=repr(printed[:80]), expected=expected)


def _no_check(scheme: str, printed: str) -> BadIdentifier:
    return BadIdentifier(scheme, "check", found=repr(printed[:80]))


_CHECKS: Final[dict[str, Callable[[str, str], str]]] = {
    "orgnr": _organisation_number,
    "ror": _ror,
    "lei": _lei,
    "orcid": _orcid,
    "nct": _by_form("nct", r"NCT[0-9]{8}"),
    "eudract": _by_form("eudract", r"20[0-9]{2}-[0-9]{6}-[0-9]{2}"),
    "euct": _by_form("euct", r"20[0-9]{2}-5[0-9]{5}-[0-9]{2}-[0-9]{2}"),
}
