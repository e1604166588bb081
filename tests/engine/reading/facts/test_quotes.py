from __future__ import annotations

import pytest

from handslag.language.speech import is_speech_verb, speaker_pronoun
from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis
from handslag.reading.facts.quotes.candidates import marked_candidates
from handslag.reading.facts.quotes.guess import guessed_speaker
from handslag.reading.facts.quotes.people import distinct_people
from handslag.reading.facts.quotes.scene import scene_of
from handslag.reading.facts.quotes.settings import settings_of
from handslag.reading.facts.quotes.standing import standings_of
from handslag.reading.facts.quotes.turns import forms_of, may_converse, rows_of
from handslag.reading.models import Models
from handslag.reading.names.people import Person
from handslag.reading.names.tagger import Mention
from handslag.reading.zones import ZONES


def read(text: str, *people: str) -> Analysis:
    """A page without trained parts: every line is body text, the people are those given, where their full names stand."""
    analysis = steps.start(text, Models({}))
    steps.add_languages(analysis)
    page = analysis.page
    page.zones = ["body" if text[line.start : line.end].strip() else "" for line in page.lines]
    steps.pass_on_zones(page)
    for name in people:
        words = name.split()
        for i in range(len(page.tokens)):
            if [token.form for token in page.tokens[i : i + len(words)]] == words:
                analysis.mentions.append(Mention(i, i + len(words), "PER", 0.99))
    analysis.mentions.sort()
    steps.add_bearers(analysis)
    return analysis


def candidates(text: str, *people: str) -> list[str]:
    scene = scene_of(read(text, *people))
    return [scene.page.words(candidate.first, candidate.last) for candidate in marked_candidates(scene)]


def guesses(text: str, *people: str) -> list[str | None]:
    """Who a rule of thumb would say speaks, for every candidate of the page; a name in the clause itself comes first."""
    scene = scene_of(read(text, *people))
    settings = settings_of(scene, marked_candidates(scene))
    standings = standings_of(scene, settings)
    found: list[str | None] = []
    spoken: list[int] = []
    for setting in settings:
        told = [scene.person_at[i] for i in setting.region if i in scene.person_at]
        before = [number for token, number in reversed(scene.person_starts) if token < setting.candidate.outer_first]
        recency = {number: rank for rank, number in enumerate(dict.fromkeys(before))}
        number = told[0] if told else guessed_speaker(scene, setting, spoken, standings, recency)
        spoken.append(number)
        found.append(scene.people[number].name if number >= 0 else None)
    return found


@pytest.mark.parametrize(
    "line",
    [
        'Hon sa "vi börjar i maj" och gick.',
        "Hon sa ”vi börjar i maj” och gick.",
        "Hon sa »vi börjar i maj« och gick.",
        "Hon sa »vi börjar i maj» och gick.",
        "Hon sa «vi börjar i maj» och gick.",
        "Hon sa „vi börjar i maj“ och gick.",
        "Hon sa “vi börjar i maj” och gick.",
        "Hon sa ‘vi börjar i maj’ och gick.",
        "Hon sa 'vi börjar i maj' och gick.",
    ],
)
def test_quotation_marks_of_both_languages_are_taken_off(line: str) -> None:
    assert candidates(line) == ["vi börjar i maj"]


def test_an_apostrophe_ends_no_quotation() -> None:
    assert candidates("She said ‘we’ll train the patients’ own doctors, it’s time,’ and left.") == [
        "we’ll train the patients’ own doctors, it’s time,"
    ]


def test_a_guillemet_in_a_menu_opens_nothing() -> None:
    assert candidates("Home » News » Medicine\nRead more »") == []


def test_a_comma_inside_the_marks_stays_and_one_outside_does_not() -> None:
    assert candidates('"We start in May," she said.') == ["We start in May,"]
    assert candidates('"Vi börjar i maj", säger hon.') == ["Vi börjar i maj"]


def test_a_dash_quotation_ends_where_its_speaker_is_named() -> None:
    assert candidates("– Vi börjar i maj, säger vd Anna Lind.", "Anna Lind") == ["Vi börjar i maj"]
    assert candidates("– Why not? asks Anna Lind.", "Anna Lind") == ["Why not?"]
    assert candidates("– We start in May, the minister told reporters.") == ["We start in May"]


def test_a_verb_of_speech_inside_the_speech_does_not_end_it() -> None:
    assert candidates("– De som säger nej får vänta, säger Anna Lind.", "Anna Lind") == ["De som säger nej får vänta"]


def test_a_quotation_cut_by_its_attribution_is_two() -> None:
    assert candidates("“We agreed,” she says, “to share the cost.”") == ["We agreed,", "to share the cost."]
    assert candidates("– Vi är klara, säger Anna Lind. Nu väntar vi på besked.", "Anna Lind") == [
        "Vi är klara", "Nu väntar vi på besked.",
    ]  # fmt: skip


def test_a_dash_quotation_without_attribution_is_the_whole_line_and_no_more() -> None:
    page = "– Vi hoppas på fler underleverantörer i trakten av Skellefteå och Piteå.\nEn ny etapp kan komma att byggas efter 2030."
    assert candidates(page) == ["Vi hoppas på fler underleverantörer i trakten av Skellefteå och Piteå."]


def test_a_quotation_over_wrapped_lines_is_one_text_with_plain_spaces() -> None:
    page = 'Anna Lind summerar läget så här: "Vi har anställt\nfyra läkare sedan i maj och söker två till, men\ndet är inte nog."'
    assert candidates(page) == ["Vi har anställt fyra läkare sedan i maj och söker två till, men det är inte nog."]


def test_the_name_after_the_verb_speaks_and_not_the_one_in_the_role() -> None:
    page = "”Det går bra”, säger Anna Lind, som efterträder Bo Ek."
    assert guesses(page, "Anna Lind", "Bo Ek") == ["Anna Lind"]


def test_a_pronoun_is_the_one_named_last_whom_it_fits() -> None:
    page = "Anna Lind blir vd. Grundaren Folke Ek blir ordförande.\n– Jag börjar i maj, säger hon."
    assert guesses(page, "Anna Lind", "Folke Ek") == ["Anna Lind"]
    page = 'Mary Hill becomes CEO. The founder, John Eke, will chair the board.\n"I start in May," she said.'
    assert guesses(page, "Mary Hill", "John Eke") == ["Mary Hill"]


def test_a_role_is_the_person_whom_the_page_gives_it() -> None:
    page = "Socialminister Eva Ståhl mötte facket.\n– Vi återkommer, säger ministern."
    assert guesses(page, "Eva Ståhl") == ["Eva Ståhl"]
    assert guesses("Eva Ståhl mötte facket.\n– Vi återkommer, säger regiondirektören.", "Eva Ståhl") == [None]


def test_a_surname_read_as_a_body_is_still_the_person() -> None:
    analysis = read("Mats Fryxell leder bolaget.\n– Vi är igång, säger Fryxell.", "Mats Fryxell")
    token = next(i for i, t in enumerate(analysis.page.tokens) if t.form == "Fryxell" and i > 3)
    analysis.mentions.append(Mention(token, token + 1, "ORG", 0.8))
    scene = scene_of(analysis)
    assert scene.person_at[token] == 0


def test_a_name_that_only_the_attribution_shows_is_a_speaker() -> None:
    assert guesses("– Vi är besvikna, säger Sverigechefen Jolanta Wichert.") == ["Jolanta Wichert"]
    assert guesses('"It is late," Jolanta Wichert said.') == ["Jolanta Wichert"]


def test_whom_it_is_said_to_is_no_speaker_of_its_own() -> None:
    assert guesses("Dag Brorsson leaves.\n– It's sad and right, he tells Nordic Device Weekly.", "Dag Brorsson") == [
        "Dag Brorsson"
    ]


def test_the_line_above_or_below_several_voices_names_them() -> None:
    above = (
        "Röster om avtalet\nIngegerd Pauli\nvd, Swecare\n– Det är bra.\n\nMathis Berg\nchef, Norrbotten\n– Det är sent."
    )
    assert guesses(above, "Ingegerd Pauli", "Mathis Berg") == ["Ingegerd Pauli", "Mathis Berg"]
    below = "Voices\n“It is good.”\nIngrid Paul, CEO\n“It is late.”\nMathis Berg, head"
    assert guesses(below, "Ingrid Paul", "Mathis Berg") == ["Ingrid Paul", "Mathis Berg"]


def test_a_transcript_of_an_unknown_guest_gets_the_full_name_from_the_page() -> None:
    page = "With Ceri Llewelyn and Imogen Duffus.\nDUFFUS: What is broken?\nLLEWELYN: We run pilots.\nDUFFUS: And then?\nLLEWELYN: Nothing."
    names = [person.name for person in scene_of(read(page)).people]
    assert sorted(names) == ["Ceri Llewelyn", "Imogen Duffus"]


def test_every_candidate_is_found_verbatim() -> None:
    text = 'Hon säger “ja”.\n– Nej, säger han. Vi   väntar.\n‘Maybe’\n\t"x"\n– – –\n""\n»\n– '
    analysis = read(text)
    for candidate in marked_candidates(scene_of(analysis)):
        for passage in analysis.page.passages(candidate.first, candidate.last):
            assert passage.holds_in(text)


def test_a_page_converses_where_questions_labels_or_comments_come() -> None:
    assert may_converse(scene_of(read("Varför?\nDärför.\nNär?\nI maj.")))
    assert may_converse(scene_of(read("ANNA: Hej på dig där.\nBO: Hej.\nANNA: Hur mår du i dag?\nBO: Bra.")))
    assert may_converse(scene_of(read("3 comments\nAnna Lind\nNice!", "Anna Lind")))
    assert not may_converse(scene_of(read("Plats: Folkets hus i Umeå\nDatum: den 3 maj\nHar du frågor?\nRing oss.")))


@pytest.mark.parametrize("text", ["", "\n\n", '"', "–", "– ,", "’", "“”", ":", "A: B: C:", "> > >", "?\n?\n?"])
def test_odd_pages_raise_nothing(text: str) -> None:
    scene = scene_of(read(text))
    settings_of(scene, marked_candidates(scene))
    may_converse(scene)
    rows_of(forms_of(scene))


def test_speech_verbs_and_pronouns_of_both_languages() -> None:
    assert all(map(is_speech_verb, ("säger", "Sade", "tillägger", "says", "Added", "writes")))
    assert not any(map(is_speech_verb, ("börjar", "signed", "avtal")))
    assert [speaker_pronoun(word) for word in ("Hon", "he", "avtal")] == ["she", "he", ""]


def test_the_zones_that_the_readers_of_quotations_know_exist() -> None:
    assert {"byline", "caption", "feed", "teaser", "member_news", "furniture"} <= set(ZONES)


def test_two_halves_of_a_name_are_one_speaker() -> None:
    page = read("Solveig Aanderud Pires köper vaccin. Solveig Aanderud berättar.").page
    halves = [
        Person("Solveig Aanderud", [Mention(5, 7, "PER", 0.9)]),
        Person("Solveig Aanderud Pires", [Mention(0, 3, "PER", 0.9)]),
    ]
    (whole,) = distinct_people(halves, page, {})
    assert whole.name == "Solveig Aanderud Pires"
    assert [mention.first for mention in whole.mentions] == [0, 5]


def test_a_name_that_is_mostly_a_body_is_no_speaker() -> None:
    page = read("Vestholm köper. Vestholm säljer.").page
    person = Person("Vestholm", [Mention(0, 1, "PER", 0.4)])
    assert distinct_people([person], page, {3: (3, 4)}) == []
