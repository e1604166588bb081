"""Language: Swedish and English told apart by page and by line, others recognised, too little said to be unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.language.identify import READ, language_of, line_language

PAGES = {
    "sv": "Regionen och universitetet ska under våren inrätta en gemensam testbädd, säger de som har skrivit avtalet.",
    "en": "The region and the university will set up a joint test bed in the spring, say those who have signed the agreement.",
    "fi": "Yliopisto ja alue ovat sopineet, että ne aloittavat yhteistyön ensi vuoden alussa, ja se on hyvä, mutta ei valmis.",
    "de": "Die Universität und die Region haben sich auf eine Zusammenarbeit geeinigt, die im Frühjahr mit dem Bau beginnt.",
    "no": "Universitetet og regionen er blitt enige om å samarbeide, men de har ikke begynt etter sommeren, og det er også bra.",
    "da": "Universitetet og regionen er blevet enige om at samarbejde, men de har ikke begyndt efter sommeren, og det er også godt.",
    "fr": "L'université et la région ont signé un accord pour une collaboration qui est dans le plan, mais elle ne commence pas.",
}


@pytest.mark.parametrize("language", PAGES)
def test_the_language_of_a_page_is_told_by_its_function_words(language: str) -> None:
    assert language_of(PAGES[language]) == language


@pytest.mark.parametrize("text", ["", "   \n", "12 345 %", "Vinnova Almi Karolinska", "Kontakt"])
def test_too_few_words_give_no_language(text: str) -> None:
    assert language_of(text) == ""


def test_a_line_in_the_other_language_is_known_as_such_on_a_page_in_either() -> None:
    assert line_language(PAGES["en"], "sv") == "en"
    assert line_language(PAGES["sv"], "en") == "sv"
    assert line_language(PAGES["en"], "fi") == "en"


@pytest.mark.parametrize("line", ["Vinnova", "12 %", "", "Contact us"])
def test_a_line_that_does_not_say_is_in_the_language_of_its_page(line: str) -> None:
    for main in READ:
        assert line_language(line, main) == main


def test_upper_case_does_not_hide_the_language() -> None:
    assert language_of(PAGES["sv"].upper()) == "sv"


@given(st.text(), st.sampled_from(["sv", "en", "fi", ""]))
def test_any_text_has_a_known_code_or_none(text: str, main: str) -> None:
    assert len(language_of(text)) in (0, 2)
    assert line_language(text, main) in {main, *READ}
