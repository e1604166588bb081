"""Pages of a region, a ministry and an agreement; reading briefs back: an organisation by its name, a PDF's pages and words."""

from __future__ import annotations

import pypdfium2

from handslag.reading.claims import organisation_key
from handslag_hub.store.models import Entity

REGION = """Region Norrholm öppnar testcenter för hälsodata

Karin Almgren, regiondirektör i Region Norrholm, säger att Region Norrholm ska öppna ett testcenter för hälsodata i Umeå senast den 1 mars 2027.

Region Norrholm ska betala 12 miljoner kronor till ett nationellt register för hälsodata.

– Vi lovar att patienterna får tillgång till sina hälsodata, säger Karin Almgren, regiondirektör i Region Norrholm.
"""
MINISTRY = """The government and health data

The Ministry of Health will open a national test centre for health data by 1 October 2029, the ministry said on Tuesday.

"We promise that health data will be shared with researchers," said Olof Brandt, head of office at the Ministry of Health.
"""
AGREEMENT = """Sverige och Storbritannien tecknar samförståndsavtal

Sverige och Storbritannien tecknade den 27 maj 2026 samförståndsavtalet Nordsjöavtalet om life science. Utbildningsminister Anna Ekdal höll ett tal om avtalet.

Samarbetsområden kan omfatta följande:

 • Genomik
 • Kliniska prövningar

En gemensam arbetsgrupp har bildats. Värd för mötet var Bo Lind, vd för Solvik AB.
"""


def named(name: str) -> Entity:
    """The organisation of that name."""
    return Entity.objects.get(kind="organisation", uid=organisation_key(name).uid).canonical


def words_of(pdf: bytes) -> tuple[int, str]:
    """How many pages a PDF has, and its words on one line."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    # Words that are parted at the end of a line are put together again.
    text = (
        "\n".join(pages).replace("\ufffe\r\n", "").replace("\ufffe\n", "").replace("\ufffe", "").replace("\u00ad", "")
    )
    return len(pages), " ".join(text.split())
