"""Agreements that were called by a bare word ("avtal", "signed") are called by whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_LONGEST = 500
_AT_ONCE = 500
# Words for agreements and for what is done with them, as they were listed then.
_WORDS = frozenset(
    """
    accord acquire acquired acquires acquisition agree agreed agreement agreements agrees aldrig approve arrangement
    arrendeavtal avbryter avbröts avböjde avfärdar avser avsiktsförklaring avsiktsförklaringar avsiktsförklaringen
    avslutade avslutades avslutar avslutas avslutat avstår avtal avtalen avtalet avtalets avtals avtalspart
    avvecklades avvecklas awarded be befintliga bereds beställning between bid bildar bildat blivande bokat bought
    broke brutit bryter bröt bud budet buys cancelled cease ceased ceases charter closed collaboration collapsed
    committed concluded concludes conditional considering contract contracted contracts cooperation current deal
    deals declaration declined deklaration deklarationen dementerar denied denies deny discontinued discuss
    discussing diskuterar dismissed dismisses draft drafted due däremot earlier enades enats end ended ends enligt
    entered entering enters ersatte ersätter ersätts executed existing expected expects expire expired expires
    extended failed false felaktigt former framework fusion fusionen förband förbereder förbundit fördrag föregående
    föreslår förhandlar förhandlas förhandlingar förlikning förlängdes förlängs förlängt förlängts förnekar förnya
    förnyade förnyar förnyat förra förs förslag förvärv förvärvar förvärvat förvärvet gamla godkänna granted grants
    gällde gäller handshake handslag handslaget hopes hyresavtal hyresavtalet hyreskontrakt hyreskontraktet hävde
    hävs hävt hävts incorrect ingen inget ingick ingicks ingå ingår ingås ingått ingåtts inked inleder inlett inte
    intend intends intent joined joins kommande kontrakt kontrakten kontraktet köper köpt köpte lapsed lapses lease
    leases licence licens licensavtal licensavtalet license licensing loan loi lämnade lämnar lån lånet löper löpt
    löpte made makuleras markanvisning markanvisningsavtal medan mellan memoranda memorandum merge merger merges
    missförstånd misslyckades mou negotiate negotiating negotiations neither nej never no none not nothing notice
    nuvarande offer old option order ordern oriktig pact pakt pakten partneravtal partnership partnerskap
    partnerskapet pending plan planerar planned plans prepare present previous procurement prolonged proposed
    protocol protokoll purchase påskriven påskrivet påskrivna ramavtal ramavtalet reached ready refused rejected
    rejects renewed replace replaced replaces returned rights rumor rumors rumour rumours ryktas rykten ryktet
    rättigheter rättigheterna sagts samarbete samarbetet samarbetsavtal samförståndsavtal samförståndsavtalet
    samförståndsförklaring samgående samgåendet sammanslagning samtal samverkan samverkansavtal scheduled scrapped
    seal sealed seals secured settlement shook sign signed signerade signeras signerat signs siktar ska skakade
    skakat skrev skrevs skriva skrivit skrivits sluta sluter slutit slutits slöt slöts speculation sprack stadga
    statement strandade struck stämmer sublicence superseded supersedes sägs takeover talks teamed teckna tecknade
    tecknades tecknar tecknas tecknat tecknats tenancy tender terminate terminated terminates termination tidigare
    tillbakavisar tillbakavisas tilldelades tilldelats to treaty träffade träffat under understanding undertaken
    underteckna undertecknade undertecknades undertecknar undertecknas undertecknat undertecknats undertook untrue
    upp uppgifter uppgörelse uppgörelsen upphandling upphandlingen upphör upphörande upphörde upphört uppköp
    uppköpet uppsagd uppsagt uppsägning ut utan uteblev utkast utkastet vann varken viljeförklaring vunnit väntas
    will wins withdrawn withdrew without won wrong åtagit åtar återlämnats återremittera återtagits överens
    överenskommelse överenskommelsen överenskommelser
    """.split()
)


def _is_bare(label: str) -> bool:
    words = label.split()
    return all(map(str.isalpha, words)) and len(words) <= 3 and label[1:].islower() and (label[:1].islower() or label.lower() in _WORDS)  # fmt: skip


def _slices(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def fill(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    entity, statement = apps.get_model("store", "Entity"), apps.get_model("store", "Statement")
    bare = [
        one for one in entity.objects.filter(kind="agreement").exclude(label="").order_by("pk") if _is_bare(one.label)
    ]
    by_cluster = defaultdict(list)
    for one in bare:
        by_cluster[one.canonical_id or one.pk].append(one)
    facts = {}
    for some in _slices([one.pk for one in bare]):
        rows = statement.objects.filter(fact__kind="agreement", fact__about__in=some, fact__shown=True, holds=True,
            predicate__in=("name", "party", "form")).order_by("fact", "rank", "pk")  # fmt: skip
        for fact, about, level, predicate, value in rows.values_list("fact", "fact__about", "fact__level", "predicate", "value"):  # fmt: skip
            facts.setdefault(fact, (about, level, defaultdict(list)))[2][predicate].append(value)
    told = defaultdict(list)
    for about, level, said in facts.values():
        told[about].append((level, said))
    for cluster in by_cluster.values():
        for level, said in (one for entity_there in cluster for one in told[entity_there.pk]):
            label = cluster[0].label
            if said["name"][:1] != [label] or level > (cluster[0].level or 0):
                continue
            if not said["party"] or (" " in label and not said["form"]):
                break
            whose = " – ".join(dict.fromkeys(said["party"]))
            title = (f"{label[:1].upper()}{label[1:]}: {whose}" if said["form"] else whose)[:_LONGEST]
            for some in _slices([one.pk for one in cluster]):
                entity.objects.filter(pk__in=some).update(label=title)
            break


class Migration(migrations.Migration):
    dependencies = [("store", "0007_search_blocks")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
