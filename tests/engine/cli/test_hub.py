"""`handslag hub` as seen where the hub is not installed."""

from __future__ import annotations

import re
import subprocess
import sys

WITHOUT_DJANGO = """
import sys
sys.modules["django"] = None
sys.argv = ["handslag", "hub", "serve"]
from handslag.cli.app import main
main()
"""


def test_without_the_hub_one_line_tells_how_to_get_it() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_DJANGO], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert re.fullmatch(r'handslag: the hub is not installed \(\w+ is missing\): pip install "handslag\[hub\]"', line)


def test_help_loads_nothing_of_the_hub() -> None:
    code = """
import sys
from handslag.cli.app import app
try:
    app(["hub", "--help"], prog_name="handslag")
except SystemExit:
    print([name for name in sys.modules if name.partition(".")[0] in {"django", "handslag_hub", "granian"}])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
