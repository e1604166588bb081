"""Sentences: a full stop ends one, an abbreviation, an initial and a number do not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.language.sentences import sentence_ends
from handslag.language.tokens import tokens_of


def sentences(text: str) -> list[str]:
    tokens = tokens_of(text)
    starts = [0, *sentence_ends(tokens, 0, len(tokens))]
    return [text[tokens[a].start : tokens[b - 1].end] for a, b in pairwise(starts)]


@pytest.mark.parametrize(
    "text",
    [
        "Vi ses i Lund.|Sedan åker vi hem.",
        "The parties met.|They will meet again.",
        "Vad händer nu?|Ingen vet!|Men vi hoppas…|Det gör alla.",
        "Han sade: ”Vi lovar.”|Sedan gick han.",
        "(Se bilaga 1.)|Beslutet står fast.",
        "– Vi lovar.|– Bra!",
        "Avtalet tecknades 2026.|Det gäller i tre år.",
        "Vi siktar på 2027.|14 bolag deltar.",
        "Det är klart ...|Men inte riktigt.",
    ],
)
def test_a_sentence_ends_where_a_capital_a_figure_or_an_opening_mark_follows(text: str) -> None:
    assert sentences(text.replace("|", " ")) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "Vi stöder t.ex. Vinnova och bl.a. Almi, m.fl. aktörer.",
        "Enligt prof. Anna Lind resp. Region Skåne gäller fr.o.m. Kristi himmelsfärd inget nytt.",
        "The team, e.g. Anna and i.e. Bo, met Dr. Lind and Mr. Ek in St. Gallen.",
        "Anna B. Lind och J. K. Rowling kom.",
        "The U.S. Food and Drug Administration approved it.",
        "Pfizer Inc. Chief Executive Anna Lind and Dalhamn Ltd. Chair Bo Ek signed.",
        "Mötet är kl. 13 på s. 14, jfr art. 5 och nr. 3, no. 8, den 8 okt. 2026.",
        "Bolaget i.Con växer.",
        "Det kostar 3,5 milj. kronor.",
    ],
)
def test_an_abbreviation_an_initial_and_a_number_end_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Vi vill vara med.|Vad tycker ni?",
        "Det var hans idé, inte min.|Jag håller med.",
        "Can we stay?|No.|We must go.",
        "Får regionen söka?|Ja.|Alla får söka.",
        "Hon heter Jan.|Han heter Max.|Det är sant.",
        "Vi köpte bord, stolar m.m.|Sedan åkte vi.",
        "Bygget kostar 420 mkr.|Spadtaget tas i maj.",
        "We signed with Pfizer Inc.|The deal is big.",
        "Reningen sker i klass B.|Det räcker.",
        "We moved to the U.S.|We like it.",
    ],
)
def test_words_that_look_like_abbreviations_end_sentences_as_words_do(text: str) -> None:
    assert sentences(text.replace("|", " ")) == text.split("|")


@pytest.mark.parametrize(
    "heading",
    [
        "1. Öppnande",
        "12. Val av justerare",
        "§ 12. Beslut",
        "1.2. Mål",
        "a. Första punkten",
        "iv. Övrigt",
        "G1. By 2030",
    ],
)
def test_the_number_of_a_heading_is_no_sentence(heading: str) -> None:
    assert sentences(heading) == [heading]
    assert sentences(f"{heading}. Ordföranden öppnade mötet.") == [f"{heading}.", "Ordföranden öppnade mötet."]


def test_a_range_of_tokens_is_cut_by_itself() -> None:
    tokens = tokens_of("Ett. Två. Tre. Fyra.")
    assert sentence_ends(tokens, 2, 6) == [4, 6]
    assert sentence_ends(tokens, 3, 3) == []


@given(st.text(st.sampled_from('Aaä1 .!?…"”)(–-\n') | st.characters()))
def test_sentences_partition_the_tokens(text: str) -> None:
    tokens = tokens_of(text)
    ends = sentence_ends(tokens, 0, len(tokens))
    assert ends == sorted(set(ends))
    assert ends[-1:] == ([len(tokens)] if tokens else [])
    assert all(end > 0 for end in ends)
