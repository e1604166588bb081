from __future__ import annotations

import pytest

from handslag_hub.store.erasing.names import BLOCK, Masker, forms_of

KEY = "a key of this test"


def masker(*names: str) -> Masker:
    return Masker(forms_of(names, KEY), KEY)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Anna Karin Åberg sade", "████ █████ █████ sade"),
        ("Anna-Karin\nÅberg", "████-█████\n█████"),
        ("ANNA KARIN ÅBERG", "████ █████ █████"),
        ("Anna Karin A\u030abergs plan", "████ █████ ███████ plan"),
        ("Anna Karin Å\u00adberg", "████ █████ ██████"),
        ("Anna Karin Å-\nberg", "████ █████ █-\n████"),
        ("https://x.se/anna-aberg", "https://x.se/████-█████"),
        ("anna.aberg@x.se, annaaberg", "████.█████@x.se, █████████"),
        ("Anna Karin Åberg. Senare sade Åberg att Anna vill", "████ █████ █████. Senare sade █████ att ████ vill"),
        ("Anna Karin Åberg och Anna Svensson", "████ █████ █████ och Anna Svensson"),
        ("Anna Karin Åberg, vd för Åberg AB", "████ █████ █████, vd för Åberg AB"),
    ],
)
def test_every_printed_form_is_covered_at_its_own_length(text: str, covered: str):
    found = masker("Anna Karin Åberg").mask(text)
    assert found == covered
    assert len(found) == len(text)


@pytest.mark.parametrize("text", ["Åberg sade", "Anna Svensson", "ett åberg", "", "Anna, Berg"])
def test_a_part_of_the_name_alone_stays_where_the_full_name_is_not(text: str):
    assert masker("Anna Karin Åberg").mask(text) == text


def test_the_forms_say_nothing_without_the_key():
    forms = forms_of(["Anna Åberg"], KEY)
    assert not Masker(forms, "another key").finds("Anna Åberg")
    assert all("berg" not in form.hash for form in forms)


def test_what_is_covered_stays_as_it_is():
    once = masker("Anna Åberg").mask("Anna Åberg och Åbergs Anna")
    assert BLOCK in once
    assert masker("Anna Åberg").mask(once) == once
