"""The made-up hub of the benchmark is one that keeping its pages one by one would give."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.hub.keeping.conftest import CHECKOUT, Hub


@pytest.mark.long
@pytest.mark.parametrize("documents", [300, 1500])
def test_a_made_up_hub_holds_together(documents: int, empty_home: Path, tmp_path: Path):
    hub = Hub(Path(shutil.copytree(empty_home, tmp_path / "made")))
    told = hub.run(f"""
import sys
sys.path.insert(0, {str(CHECKOUT / "bench")!r})
import hub_data
hub_data.make_hub({documents})
from handslag_hub.site.commands import check, follow
from handslag_hub.store.models import *
from django.db.models import Count
follow.run()
print("status", check.run())
print("statements", Statement.objects.count(), "kinds", Fact.objects.values("kind").distinct().count())
degrees = sorted(Entity.objects.filter(kind="organisation").annotate(n=Count("mentions")).values_list("n", flat=True))
print("skewed", degrees[-1] > 8 * max(1, degrees[len(degrees) // 2]))
""")  # fmt: skip
    assert "status 0" in told, told
    assert "skewed True" in told
    # Eight are read, evidence is found.
    assert "kinds 9" in told
