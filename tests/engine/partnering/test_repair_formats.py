"""The files of changes and repairs: what is written is valid by the schemas, and what these forbid is refused, too."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.made_changes import filled, made_change, made_event

import handslag
from handslag.partnering import BadFormat
from handslag.partnering.repairing import read_changes, read_repair, repair_json

FORMATS = Path(handslag.__file__).parent / "formats"
SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "event" / "changes.json"


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((FORMATS / f"{name}.schema.json").read_text(encoding="utf-8")))


def made_repairs(seed: int) -> list[dict[str, Any]]:
    """Repairs of whatever happens to an event, as their files have them."""
    rng = random.Random(seed)
    plan = filled(made_event(rng))
    found = []
    for number in range(10):
        try:
            repair = plan.apply(made_change(rng, *plan.handed_out(), number))
        except BadFormat:
            continue
        found.append(json.loads(repair_json(repair)))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_every_repair_and_its_change_are_valid_as_they_are_written(seed: int) -> None:
    for raw in made_repairs(seed):
        assert validator("repairs").is_valid(raw), raw
        assert validator("changes").is_valid({"format": "handslag-changes/1", "changes": [raw["change"]]})


def test_the_sample_is_valid() -> None:
    assert validator("changes").is_valid(json.loads(SAMPLE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("seed", range(20))
def test_what_the_schemas_forbid_is_refused(seed: int) -> None:
    rng = random.Random(seed)
    for raw in made_repairs(seed):
        spoilt = deepcopy(raw)
        part: dict[str, Any] = rng.choice([spoilt, spoilt["change"], *spoilt["placements"]])
        key = rng.choice(sorted(part))
        part[key] = rng.choice([True, 1.5, "", {"a": []}])
        if validator("repairs").is_valid(spoilt):
            continue
        with pytest.raises(BadFormat):
            read_repair(json.dumps(spoilt).encode())
        changes = {"format": "handslag-changes/1", "changes": [spoilt["change"]]}
        if not validator("changes").is_valid(changes):
            with pytest.raises(BadFormat):
                read_changes(json.dumps(changes).encode())
