"""What contradicts what: lists and counts, shares and amounts, claims, roles, approvals, versions; and what does not."""

from __future__ import annotations

import pytest
from tests.engine.following.made_story import followed

HEAD = "Vårdklustret Nord\n\nNyhet 5 maj 2026\n\n"


def told(*pages: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [(c.kind, c.a.quote, c.b.quote) for c in followed(*pages).contradictions]


TABLE = "Utgifter, miljoner kronor\n\nSvenska bolag      2,1   (31 %)\nAndra nordiska     6,4\nÖvriga             1,5\nTotalt            10,0\n"

MONEY_OUT = "Money out\n\nDirect help to families     £715,000\nFundraising               £264,000\nPremises                  £121,000\nTotal                     £1,100,000\n"

ON_ONE_PAGE = [
    (TABLE, "percentage"),
    ("Klustret har fyra arbetsområden: diagnostik, hälsodata, hemvård, läkemedel och utbildning.", "count_and_list"),
    ("Programmet har tre delar:\n- fall\n- ensamhet\n- läkemedel\n- nattsömn\n", "count_and_list"),
    (
        "The agreement covers trials, health data, biobanks and implants.\n\nAreas\n1. Trials\n2. Health data\n3. Biobanks\n",
        "lists",
    ),
    (
        "Avtalet omfattar prövningar, hälsodata, biobanker och implantat.\n\nOmråden\nPrövningar\nHälsodata\nBiobanker\n\nVälkommen!",
        "lists",
    ),
    ("Av årets 900 besök var 450, eller 30 procent, akuta.", "percentage"),
    ("Kostnaden sjönk från 400 000 kronor till 300 000 kronor, en minskning med 10 procent.", "percentage"),
    (
        "Vi svarar alltid inom fyra veckor, säger Elsa Norén.\n\nPatienten Olle Hed väntade i 71 dagar på sitt svar.",
        "claim",
    ),
    (
        "Vårdklustret Nord bygger i Kiruna, säger vd Josefin Malmros.\n\nFAKTA\nVårdklustrets vd: Torbjörn Rask\n",
        "role",
    ),
    (
        "Ordförande är Evald Norman. Frågor besvaras av klustrets ordförande Kerstin Holm.",
        "role",
    ),
    (
        "Etiknämnden har rekommenderat röst men inte godkänt det.\n\nI foldern har röst godkänts av etiknämnden.",
        "approval",
    ),
    ("Vårdklustret delar ut tolv platser: fem i Umeå, fyra i Lund och två i Visby.", "total"),
    ("The cluster awards nine grants: four to Umeå, three to Lund and three to Visby.", "total"),
    ("Av de tolv platserna går sex till Umeå, fyra till Lund och fem till Visby.", "total"),
    (
        "Bidrag gick till Umeå (250 000 kronor), Lund (200 000) och Visby (100 000). Sammanlagt 600 000 kronor delades ut.",
        "total",
    ),
    ("Budgeten räknade med totalt 1 500 besökare. Avvikelsen är 378, eller 35 procent.", "percentage"),
    ("Of the 600 patients 468 answered. That is 81 per cent.", "percentage"),
    (MONEY_OUT + "\nSome 80 per cent of it was direct help to families.\n", "percentage"),
    ("Sexton av sjukhusets vårdplatser hölls stängda i juli. Regionen talar om fjorton.", "tellers"),
    ("Answers took six working days. The hospital maintains that it was two days.", "tellers"),
    ("Bygget har kostat 51 miljoner kronor. Myndigheten själv vidhåller att 38 har räckt.", "tellers"),
    (
        "Sju sitter i laget: läkarna Elsa Norén och Bo Hed, kuratorn Dina Alm och sekreteraren Olle Rask.",
        "count_and_list",
    ),
    ("Ordförande är Evald Norman. Frågor om Vårdklustret Nord besvaras av klustrets ordförande Kerstin Holm.", "role"),
    ("Kymmio AB bygger i Kiruna. Det säger Kymmios vd Josefin Malmros.\n\nFAKTA\nKymmios vd: Torbjörn Rask\n", "role"),
]


@pytest.mark.parametrize(("text", "kind"), ON_ONE_PAGE)
def test_what_contradicts_itself_on_one_page_is_told(text: str, kind: str) -> None:
    assert [found[0] for found in told((HEAD + text, "2026-05-05"))] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        TABLE.replace("31 %", "21 %"),
        TABLE.replace("10,0", "14,0"),
        "Klustret har fyra arbetsområden: diagnostik, hälsodata, hemvård och utbildning.",
        "Klustret har fyra arbetsområden, bland annat: diagnostik och hälsodata.",
        "Avtalet omfattar prövningar, hälsodata och biobanker.\n\nOmråden\nPrövningar\nHälsodata\nBiobanker\n\nVälkommen!",
        "Klustret har tre spår: vård och omsorg, data och teknik, utbildning.",
        "Tre nya i styrelsen: Anna Norén, läkare, Bo Hed, ekonom, och Cia Alm.",
        "Programmet har tre delar:\n- fall\n- ensamhet\n- läkemedel\n",
        "– Vi har tre mål:\n– Fler patienter, säger hon, för det är vad alla vill ha när hösten kommer.\n– Ja.",
        "The agreement covers health data, biobanks and trials.\n\nStaff\n1. Nurses\n2. Doctors\n3. Drivers\n",
        "Av årets 900 besök var 450, eller 50 procent, akuta.",
        "30 av 60 regioner svarade. Intäkterna ökade med 12 procent.",
        "Budgeten är 8 miljoner kronor, varav 2 miljoner kronor (25 procent) till kurser.",
        "Vi svarar alltid inom fyra veckor, säger Elsa Norén.\n\nPatienten Olle Hed väntade i 20 dagar på sitt svar.",
        "Vårdklustret Nords nya vd Josefin Malmros efterträder Torbjörn Rask.\n\nVårdklustrets vd: Torbjörn Rask\n",
        "Anna Norén är professor vid Norrby universitet.\n\nBo Hed är professor vid Norrby universitet.",
        "Kommittén rekommenderar Corvimab. Regeringen har godkänt Corvimab.",
        "Vårdklustret delar ut elva platser: fem i Umeå, fyra i Lund och två i Visby.",
        "Vårdklustret delar ut tolv platser, bland annat: fem i Umeå, fyra i Lund och två i Visby.",
        "The cluster awards ten grants: four to Umeå, three to Lund and three to Visby.",
        "Av de tolv platserna går sex till Umeå och fyra till Lund.",
        "Bidrag gick till Umeå (250 000 kronor), Lund (200 000) och Visby (100 000). Sammanlagt 550 000 kronor delades ut.",
        "Bidrag gick till Umeå (250 000 kronor), Lund (200 000) och Visby (100 000). I fjol fick Norrby 600 000 kronor.",
        "Budgeten räknade med totalt 1 500 besökare. Avvikelsen är 378, eller 25 procent.",
        "Of the 600 patients 468 answered. That is 78 per cent.",
        MONEY_OUT + "\nSome 65 per cent of it was direct help to families.\n",
        "Of the 600 patients 468 answered. Prices rose by 81 per cent.",
        "Sexton av sjukhusets vårdplatser hölls stängda i juli. Regionen talar om sexton.",
        "Sexton av sjukhusets vårdplatser hölls stängda i juli. Regionen hävdar att fjorton sköterskor saknas i hemtjänsten.",
        "Answers took six working days. The hospital hired two doctors.",
        "Kymmio AB bygger i Kiruna. Det säger Kymmios vd Josefin Malmros.\n\nFAKTA\nNorrbolagets vd: Torbjörn Rask\n",
    ],
)
def test_what_only_looks_so_is_not_told(text: str) -> None:
    assert told((HEAD + text, "2026-05-05")) == []


def test_two_language_versions_with_two_days_are_told() -> None:
    swedish = "Norrby universitet\n\n5 maj 2026\n\nNorrby universitet ska inviga forskarskolan om njurar den 5 februari 2027.\n"
    english = "Norrby University\n\n6 May 2026\n\nNorrby University will open the doctoral school on kidneys on 15 February 2027.\n"
    assert [found[0] for found in told((swedish, "2026-05-05"), (english, "2026-05-06"))] == ["versions"]


def test_another_page_that_calls_approved_what_a_body_recommends_is_told() -> None:
    own = "Läkemedelsrådet Norrby\n\nProtokoll 5 maj 2026\n\nRådet rekommenderar läkemedlet Corvimab för svår astma.\n"
    other = "Andrums medlemsblad\n\n9 juni 2026\n\nLäkemedelsrådet Norrby har godkänt Corvimab för svår astma.\n"
    assert [found[0] for found in told((own, "2026-05-05"), (other, "2026-06-09"))] == ["approval"]
