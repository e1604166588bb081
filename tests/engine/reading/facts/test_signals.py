"""Signals without a trained part: wordings, tellings, candidates, what is taken together, subjects."""

from __future__ import annotations

import pytest

from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis
from handslag.reading.facts.signals.features import features_of
from handslag.reading.facts.signals.find import fact_of
from handslag.reading.facts.signals.happenings import happening_features, happenings_of
from handslag.reading.facts.signals.subjects import headline_of
from handslag.reading.facts.signals.survey import Candidate, Survey, candidates_of, survey_of
from handslag.reading.facts.signals.tellings import tellings_of
from handslag.reading.facts.signals.words import ACTIONS, KINDS, wordings_of
from handslag.reading.models import Models
from handslag.reading.names.tagger import Mention
from handslag.reading.results import SignalFact
from handslag.vocabulary.load import vocabulary


def read(*lines: tuple[str, str], people: tuple[str, ...] = (), bodies: tuple[str, ...] = ()) -> Analysis:
    """A page without trained parts: lines with their zone, and the names where they stand."""
    text = "\n".join(line for _, line in lines)
    analysis = steps.start(text, Models({}))
    steps.add_languages(analysis)
    page = analysis.page
    page.zones = [zone if line.strip() else "" for zone, line in lines]
    steps.pass_on_zones(page)
    for names, kind in ((people, "PER"), (bodies, "ORG")):
        for words in (name.split() for name in names):
            for i in range(len(page.tokens)):
                if [token.form for token in page.tokens[i : i + len(words)]] == words:
                    analysis.mentions.append(Mention(i, i + len(words), kind, 0.99))
    analysis.mentions.sort()
    steps.add_bearers(analysis)
    return analysis


def told(analysis: Analysis) -> list[str]:
    return [analysis.page.words(telling.first, telling.last) for telling in tellings_of(analysis.page)]


def kinds_of(sentence: str) -> set[str]:
    return {candidate.kind for candidate in candidates_of(survey_of(read(("body", sentence))))}


def all_facts(analysis: Analysis, kind: str) -> list[SignalFact]:
    """The signals of a kind if everything that may be told were told."""
    survey = survey_of(analysis)
    candidates = candidates_of(survey)
    happenings = happenings_of(survey, candidates, [0.9] * len(candidates))
    return [fact_of(survey, candidates, happening) for happening in happenings if happening.kind == kind]


def strengths(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for hit in wordings_of(text.lower().split()).hits:
        found[hit.kind] = max(hit.strength, found.get(hit.kind, 0))
    return found


def test_the_kinds_are_those_of_the_contract_and_each_has_words_of_all_three_strengths() -> None:
    assert len(KINDS) == 24
    words = vocabulary("signal_words")
    assert [kind for kind in KINDS if not {kind, kind + "!", kind + "!!"} <= set(words)] == []
    helpers = {name for name in words if name.rstrip("!") not in KINDS}
    assert {action for actions in ACTIONS.values() for action in actions} <= helpers


def test_a_word_is_known_by_its_beginning_its_ending_and_what_it_holds() -> None:
    assert strengths("bolaget varslar")["layoff"] == 2
    assert strengths("en företrädesemission")["funding"] == 2
    assert "agreement" in strengths("leveransavtalen")
    assert "agreement" not in strengths("bolaget växer")


def test_a_phrase_may_leave_out_up_to_four_words() -> None:
    assert strengths("the company cuts 40 of its jobs")["layoff"] == 2
    assert strengths("bolaget lägger nu ned fabriken")["closure"] == 2
    assert strengths("cuts through the thick of the matter without any jobs").get("layoff", 0) == 0


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("ceo_change", "Hasselbo Medical får ny vd."),
        ("ceo_change", "The board has named a new chief executive."),
        ("appointment", "Rådet har utsett en samordnare."),
        ("appointment", "She joins the fund as partner."),
        ("departure", "Han går i pension i maj."),
        ("departure", "She steps down in May."),
        ("layoff", "Nu sägs var femte anställd upp: 40 jobb försvinner."),
        ("layoff", "Forty people are made redundant."),
        ("funding", "Bolaget tar in 30 miljoner."),
        ("funding", "The city has set aside two million euros."),
        ("grant", "Stiftelsen beviljar 4 miljoner."),
        ("grant", "The group has won a grant of one million."),
        ("listing", "Bolaget går till börsen."),
        ("listing", "The company files for an IPO."),
        ("approval", "Testet är nu CE-märkt."),
        ("approval", "The regulator has authorised the vaccine."),
        ("rejection", "Ansökan avslogs."),
        ("rejection", "Our application was turned down."),
        ("recommendation", "NT-rådet avråder från metoden."),
        ("recommendation", "The committee adopted a positive opinion."),
        ("trial_start", "Den första patienten har doserats."),
        ("trial_start", "The first participant was dosed in Turku."),
        ("trial_result", "Studien nådde inte sitt effektmått."),
        ("trial_result", "The study met its primary endpoint."),
        ("trial_hold", "Rekryteringen har pausats."),
        ("trial_hold", "The trial is put on hold."),
        ("agreement", "Parterna undertecknade avtalet."),
        ("agreement", "The two hospitals signed a contract."),
        ("agreement_ended", "Avtalet löper ut och förlängs inte."),
        ("agreement_ended", "The contract was terminated."),
        ("acquisition", "Bolaget köper sin konkurrent."),
        ("acquisition", "The group acquires its rival."),
        ("facility", "Det nya labbet invigdes."),
        ("facility", "The company opens a new plant."),
        ("closure", "Fabriken läggs ned."),
        ("closure", "The laboratory will be shut down."),
        ("delivery", "De första instrumenten har levererats."),
        ("delivery", "The scanner was delivered on Monday."),
        ("launch", "Appen lanserades i veckan."),
        ("launch", "The portal went live."),
        ("financial_report", "Bolaget vinstvarnar."),
        ("financial_report", "Net sales rose to 41 million."),
        ("policy", "Regeringen har beslutat om en ny lag."),
        ("policy", "Parliament passed the law."),
        ("price", "Nu höjer vi avgiften."),
        ("price", "From May we raise the fee."),
        ("consultation", "Förslaget är ute på remiss."),
        ("consultation", "The agency seeks views on the draft."),
    ],
)
def test_every_kind_is_looked_for_in_both_languages(kind: str, sentence: str) -> None:
    assert kind in kinds_of(sentence)


@pytest.mark.parametrize("sentence", ["Solen skiner över Lund.", "Tea and cake are served."])
def test_a_sentence_of_no_happening_is_not_even_looked_at(sentence: str) -> None:
    assert kinds_of(sentence) == set()


def test_what_is_done_to_a_kinds_matter_is_seen_whatever_the_order_of_words() -> None:
    survey = survey_of(read(("body", "Därför höjer vi från maj den avgift som alla betalar.")))
    assert survey.told[0].deeds["price"] == "raise"


def test_announced_headlines_without_full_stops_tell_each_for_itself() -> None:
    analysis = read(
        ("teaser", "Hasselbo får patent i Kina"),
        ("teaser", "Kvistlund öppnar kontor i Oslo"),
        ("teaser", "Ekdunge söker chef"),
    )
    assert told(analysis) == ["Hasselbo får patent i Kina", "Kvistlund öppnar kontor i Oslo", "Ekdunge söker chef"]


def test_a_sentence_wrapped_over_two_lines_is_one_telling() -> None:
    analysis = read(
        ("teaser", "The hospital in the northern town has signed a contract with"),
        ("teaser", "its supplier of scanners and will be given the first in May"),
    )
    assert len(told(analysis)) == 1


def test_the_cells_of_a_row_are_one_telling_and_furniture_is_none() -> None:
    analysis = read(
        ("furniture", "Meny   Nyheter   Karriär"),
        ("table", "UT     Arne Holm     Kvistlund AB     går i pension"),
    )
    assert [text.split()[0] for text in told(analysis)] == ["UT"]


def test_each_person_of_a_sentence_is_a_candidate_of_their_own() -> None:
    survey = survey_of(
        read(("body", "Stämman valde Rut Alm och Per Ros till ledamöter."), people=("Rut Alm", "Per Ros"))
    )
    persons = {survey.analysis.people[c.person].name for c in candidates_of(survey) if c.kind == "appointment"}
    assert persons == {"Rut Alm", "Per Ros"}


def test_a_pronoun_that_opens_a_sentence_stands_for_the_person_named_before() -> None:
    survey = survey_of(
        read(
            ("body", "Rut Alm är i dag överläkare i Falun."),
            ("body", "Hon tillträder som chef den 1 maj."),
            people=("Rut Alm",),
        )
    )
    assert Candidate(1, "appointment", 0) in candidates_of(survey)


def test_a_card_over_several_lines_tells_of_the_person_on_its_first_line() -> None:
    survey = survey_of(
        read(
            ("list", "Namn: Rut Alm"), ("list", "Ny roll: forskningschef"), ("list", "Tillträder: 1 maj"),
            people=("Rut Alm",),
        )
    )  # fmt: skip
    assert Candidate(0, "appointment", 0) in candidates_of(survey)


def test_headline_lead_and_body_tell_one_happening() -> None:
    analysis = read(
        ("headline", "Kvistlund köper Ekdunge"),
        ("lead", "Kvistlund AB förvärvar konkurrenten Ekdunge för 40 miljoner kronor."),
        ("body", "Köpet av Ekdunge betalas kontant, och förvärvet blir klart i maj."),
        bodies=("Kvistlund", "Kvistlund AB", "Ekdunge"),
    )
    facts = all_facts(analysis, "acquisition")
    assert len(facts) == 1
    assert {passage.zone for passage in facts[0].evidence} == {"headline", "lead", "body"}
    assert facts[0].headline == "Kvistlund köper Ekdunge"


def test_headlines_of_a_feed_tell_happenings_of_their_own() -> None:
    analysis = read(("feed", "Kvistlund varslar 40"), ("feed", "Ekdunge varslar var femte"))
    assert len(all_facts(analysis, "layoff")) == 2


def test_a_sentence_below_an_announced_headline_goes_with_it() -> None:
    analysis = read(
        ("feed", "Kvistlund stoppar sin studie"),
        ("feed", "Rekryteringen pausas tills vidare."),
        ("feed", "Ekdunge pausar prövning"),
    )
    assert sorted(len(fact.evidence) for fact in all_facts(analysis, "trial_hold")) == [1, 2]


def test_there_is_one_signal_for_a_person_named_twice() -> None:
    analysis = read(
        ("headline", "Rut Alm ny forskningschef"),
        ("body", "Kvistlund har utsett Rut Alm till forskningschef."),
        people=("Rut Alm",),
        bodies=("Kvistlund",),
    )
    facts = all_facts(analysis, "appointment")
    assert [fact.subject for fact in facts] == ["Rut Alm"]
    assert len(facts[0].evidence) == 2


def test_the_parties_of_an_agreement_are_its_subject() -> None:
    analysis = read(("body", "I går undertecknade Kvistlund ett avtal med Ekdunge."), bodies=("Kvistlund", "Ekdunge"))
    assert all_facts(analysis, "agreement")[0].subject == "Kvistlund;Ekdunge"


def test_where_no_body_is_named_the_telling_clause_is_the_subject() -> None:
    analysis = read(("body", "– Tyvärr, sa hon, fabriken läggs ned när avtalet går ut."))
    assert all_facts(analysis, "closure")[0].subject == "fabriken läggs ned"


def test_the_headline_of_a_signal_is_the_nearest_above_or_empty() -> None:
    survey = survey_of(
        read(
            ("body", "Kvistlund varslar 40."),
            ("headline", "Nytt labb i Falun"),
            ("body", "Labbet invigdes i går."),
            ("headline", "Fler nyheter"),
        )
    )
    assert [headline_of(survey, k) for k in range(3)] == ["", "Nytt labb i Falun", "Nytt labb i Falun"]


def test_evidence_is_found_verbatim_and_features_are_the_same_each_time() -> None:
    analysis = read(
        ("headline", "Kvistlund\u00a0lägger ned – 40 jobb försvinner"),
        ("table", "UT     Arne Holm     Kvistlund AB     går i pension"),
        ("body", "Arne Holm lämnar, och Rut Alm efter\u00adträder honom som chef för Kvistlunds fabrik."),
        people=("Arne Holm", "Rut Alm"),
        bodies=("Kvistlund", "Kvistlund AB"),
    )

    def pass_over(survey: Survey) -> list[list[str]]:
        candidates = candidates_of(survey)
        happenings = happenings_of(survey, candidates, [0.5] * len(candidates))
        facts = [fact_of(survey, candidates, happening) for happening in happenings]
        assert all(passage.holds_in(analysis.page.text) for fact in facts for passage in fact.evidence)
        assert facts
        return features_of(survey, candidates) + happening_features(survey, candidates, happenings)

    assert pass_over(survey_of(analysis)) == pass_over(survey_of(analysis))


def test_a_page_of_nothing_has_no_signals() -> None:
    survey = survey_of(read(("body", "")))
    assert candidates_of(survey) == []
    assert happening_features(survey, [], happenings_of(survey, [], [])) == []
