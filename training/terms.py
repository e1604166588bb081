"""Training of the tagger of role phrases."""

from __future__ import annotations

from marked import MarkedPage, token_span
from study import Study, crf_bytes

from handslag.reading.spans import role_rows

# a role is marked wherever it stands within so many characters of a name of its bearer
NEAR = 150


def term_labels(marked: MarkedPage) -> list[str]:
    """BIO labels of the page's tokens: each person's role where it stands near the person."""
    page = marked.page
    labels = ["O"] * len(page.tokens)

    def put(start: int, end: int, kind: str) -> None:
        span = token_span(page, start, end)
        if span and all(label == "O" for label in labels[span[0] : span[1]]):
            labels[span[0]] = "B-" + kind
            labels[span[0] + 1 : span[1]] = ["I-" + kind] * (span[1] - span[0] - 1)

    for person in sorted(marked.gold["people"], key=lambda p: -len(p["role"])):
        if not person["role"]:
            continue
        spots = marked.places(person["name"])
        roles = marked.places(person["role"], genitive=False)
        if not spots or not roles:
            continue
        near = [(min(max(r[0] - s[1], s[0] - r[1], 0) for s in spots), r) for r in roles]
        for distance, role in near:
            if distance < NEAR:
                put(*role, "ROLE")
    return labels


def train_terms(studies: list[Study]) -> dict[str, bytes]:
    data = []
    for study in studies:
        labels = term_labels(study.marked)
        analysis = study.analysis
        near = role_rows(analysis.page, analysis.rows, analysis.mentions)
        data += [(rows, labels[s.first : s.last]) for s, rows in near]
    return {"terms.crf": crf_bytes(data, c1=0.1, c2=0.1, iterations=80, min_count=2)}
