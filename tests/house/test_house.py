"""The house: what holds for the project as a whole, whichever part is being built."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement

CHECKOUT = Path(__file__).resolve().parents[2]
ENGINE = CHECKOUT / "src" / "handslag"
WRITTEN_BY_US = ("src", "tests", "bench", "training")
HEAVY = {
    "docx", "highspy", "lxml", "mcp", "numba", "numpy", "ortools", "pycrfsuite", "pypdfium2", "rdflib", "splink", "trafilatura",
}  # fmt: skip


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command run in the checkout, as from a fresh shell: nothing of a surrounding `make` gets in."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        command, cwd=CHECKOUT, env=clean | environment, capture_output=True, text=True, check=False, timeout=100
    )


def source_files(*endings: str) -> Iterator[Path]:
    for folder in WRITTEN_BY_US:
        for path in sorted((CHECKOUT / folder).rglob("*")):
            if path.suffix in endings and not {"vendor", "__pycache__"} & set(path.parts):
                yield path


def test_help_loads_nothing_heavy() -> None:
    spy = (
        "import sys; from handslag.cli.app import app\n"
        "try: app(['--help'], prog_name='handslag')\n"
        "except SystemExit: pass\n"
        f"print('LOADED', sorted({HEAVY!r} & set(sys.modules)))"
    )
    done = run(sys.executable, "-c", spy)
    assert "read" in done.stdout
    assert done.stdout.splitlines()[-1] == "LOADED []", done.stderr


@pytest.mark.parametrize(
    ("module", "wrappers"),
    [
        ("llvmlite", {"compiling.py"}),
        ("numba", {"compiling.py"}),
        ("ortools", {"checking/resolving.py", "proving/slot_prices.py"}),
        ("pysat", {"checking/resolving_breaks.py", "proving/sat.py"}),
    ],
)
def test_a_slow_import_has_few_wrapper_files(module: str, wrappers: set[str]) -> None:
    found = {
        path.relative_to(ENGINE.parent).as_posix()
        for path in ENGINE.rglob("*.py")
        if any(name.split(".")[0] == module for name in imported_modules(path))
    }
    assert found == {f"handslag/partnering/{wrapper}" for wrapper in wrappers}


def test_the_planner_and_its_checker_load_nothing_heavy() -> None:
    spy = f"import sys, handslag.partnering.checking; print(sorted({HEAVY!r} & set(sys.modules)))"
    assert run(sys.executable, "-c", spy).stdout == "[]\n"


def test_the_command_is_installed() -> None:
    done = run(str(Path(sys.executable).parent / "handslag"), "--version")
    assert done.stdout == f"handslag {importlib.metadata.version('handslag')}\n"


def test_wrong_usage_ends_with_status_2_and_no_traceback() -> None:
    done = run(sys.executable, "-m", "handslag", "read", "page.txt", "--said-on", "yesterday")
    assert done.returncode == 2
    assert "YYYY-MM-DD" in done.stderr or "%Y-%m-%d" in done.stderr
    assert "Traceback" not in done.stderr


# What must not stand in a room, and the contract that it breaks.
INTRUDERS = (
    ("handslag.kernel", "handslag.language", "rooms"),
    ("handslag.kernel", "yaml", "kernel"),
    ("handslag.reading", "handslag.cli", "rooms"),
    ("handslag.reading", "urllib.request", "outside"),
    ("handslag.vocabulary", "sqlite3", "outside"),
    ("handslag.partnering.files", "handslag.register", "rooms"),
    ("handslag.partnering.files", "socket", "outside"),
    ("handslag.partnering.checking", "handslag.partnering.published", "checker"),
    ("handslag.partnering.files", "handslag.partnering.checking", "checker"),
    ("handslag_hub.store", "handslag_hub.register", "hub"),
    ("handslag_hub.store.models", "handslag_hub.store.services", "in-an-app"),
)


def broken_rules(source: Path) -> dict[str, set[str]]:
    """Contract → the imports that break it, "from -> to"; every broken contract is there."""
    command = [
        str(Path(sys.executable).parent / "lint-imports"),
        "--config",
        "pyproject.toml",
        "--no-logo",
        "--no-cache",
    ]
    done = run(*command, PYTHONPATH=str(source), COLUMNS="200")
    rules = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    said, _, told = " ".join(done.stdout.split()).partition("Broken contracts")
    names = {rule["id"]: rule["name"] for rule in rules["contracts"]}
    found: dict[str, set[str]] = {key: set() for key, name in names.items() if f"{name} BROKEN" in said}
    assert f"Contracts: {len(names) - len(found)} kept, {len(found)} broken." in said, done.stdout + done.stderr
    assert (done.returncode == 0) == (not found), done.stdout
    # Told one after the other, each below its name.
    places = sorted((told.index(names[key]), key) for key in found)
    ends = [start for start, _ in places[1:]] + [len(told)]
    for (start, key), end in zip(places, ends, strict=False):
        found[key] = set(re.findall(r"- (\S+ -> \S+) \(l\.", told[start:end]))
    return found


def test_import_rules_are_kept() -> None:
    assert broken_rules(CHECKOUT / "src") == {}


def test_import_rules_bite(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.model"))
    expected: dict[str, set[str]] = {}
    for number, (room, module, contract) in enumerate(INTRUDERS):
        (tmp_path / "src" / room.replace(".", "/") / f"intruder_{number}.py").write_text(
            f"import {module}\n", encoding="utf-8"
        )
        # Of what is not ours only the package is told.
        told = module if module.startswith("handslag") else module.partition(".")[0]
        expected.setdefault(contract, set()).add(f"{room}.intruder_{number} -> {told}")
    assert broken_rules(tmp_path / "src") == expected


def test_the_kernel_has_the_standard_library_only() -> None:
    foreign = {
        f"{path.name}: {module}"
        for path in (ENGINE / "kernel").rglob("*.py")
        for module in imported_modules(path)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("handslag.kernel")
    }
    assert foreign == set()


@cache
def imported_modules(path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return frozenset(found)


def test_every_room_is_a_package() -> None:
    # A folder without __init__.py is invisible to the import rules.
    folders = {path.parent for path in ENGINE.rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_no_file_is_longer_than_600_lines() -> None:
    lengths = {
        str(path.relative_to(CHECKOUT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in source_files(".py", ".js", ".css", ".html", ".j2")
    }
    assert len(lengths) > 10
    assert {path: length for path, length in lengths.items() if length > 600} == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    vague = {"util", "utils", "helper", "helpers", "common", "misc"}
    assert [str(path) for path in source_files(".py") if path.stem in vague] == []


def test_no_lint_rule_is_switched_off_without_a_name() -> None:
    bare = re.compile(r"#\s*(noqa(?!:)|type:\s*ignore(?!\[))")
    found = [
        f"{path.relative_to(CHECKOUT)}: {line.strip()}"
        for path in source_files(".py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if bare.search(line) and "re.compile" not in line
    ]
    assert found == []


@pytest.mark.parametrize("path", sorted((CHECKOUT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_pinned_packages_have_hashes_and_name_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--\S*index\S*|--find-links|--trusted-host)\b", text, re.MULTILINE)
    # One entry: the pinned name, then its hashes; a wheel and a source, at least one of them.
    entries = re.split(r"^(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE)[1:]
    assert entries
    assert [
        entry for entry in entries if not re.match(r"[\w.-]+==\S+.*?\\\n    --hash=sha256:[0-9a-f]{64}", entry)
    ] == []


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = (CHECKOUT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    wanted = {normal_name(Requirement(line).name) for line in lines}
    assert {name for name in wanted if not re.search(rf"^{re.escape(name)}==", pinned, re.MULTILINE)} == set()


def normal_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_engine_stays_small() -> None:
    seen: set[str] = set()
    waiting = ["handslag"]
    while waiting:
        name = normal_name(waiting.pop())
        if name not in seen:
            seen.add(name)
            needs = map(Requirement, importlib.metadata.requires(name) or [])
            waiting += [need.name for need in needs if not need.marker or need.marker.evaluate({"extra": ""})]
    assert "lxml" in seen
    files = {
        Path(str(file.locate())) for name in seen - {"handslag"} for file in importlib.metadata.files(name) or []
    } | {path for path in ENGINE.rglob("*") if "__pycache__" not in path.parts}
    megabytes = sum(path.stat().st_size for path in files if path.is_file()) / 1e6
    assert megabytes <= 300


def test_vendored_files_are_as_published() -> None:
    folders = sorted(CHECKOUT.glob("tests/**/vendor")) + sorted(ENGINE.rglob("vendor"))
    assert folders
    for folder in folders:
        table = (folder / "VENDORED.md").read_text(encoding="utf-8")
        for path in folder.iterdir():
            if path.suffix not in {".md", ".txt"}:
                assert f"| {path.name} |" in table
                assert hashlib.sha256(path.read_bytes()).hexdigest() in table


# --- the documentation is run ----------------------------------------------------------------------------------------

PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
# These are run by everybody who checks the project, among them CI; here their targets are looked up.
RUN_AS_WHOLE = re.compile(r"make( [a-z-]+)+$")
# These come before there is a project to test.
BEFORE_THE_PROJECT = re.compile(r"(git clone \S+|cd \S+)$")


def documented_commands(page: Path) -> list[str]:
    commands = []
    for block in re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        lines = block.replace("\\\n", " ").splitlines()
        commands += [line.split("  #")[0].strip() for line in lines if line.strip() and line[0] != "#"]
    return commands


@pytest.fixture(scope="module")
def documented_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of whoever follows all pages: what one of them brings in is read once."""
    return tmp_path_factory.mktemp("documented") / "home"


# Their verbs have tests of their own, and each starts several processes: `make sweep` follows them as all other pages, with all samples.
LONG_PAGES = {"following.md", "hub.md", "operation.md", "planning.md"}
# Of the samples, whose reading takes seconds and is tested elsewhere.
FEW = ("job-moves.txt", "nyhetsbrev.md", "event")


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in LONG_PAGES], ids=lambda page: page.name)
def test_documented_commands_work_one_after_the_other(page: Path, tmp_path: Path, documented_home: Path) -> None:
    follow(page, FEW, tmp_path, documented_home)


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_documented_commands_work_with_all_samples(page: Path, tmp_path: Path) -> None:
    follow(page, [path.name for path in (CHECKOUT / "samples").iterdir()], tmp_path, tmp_path / "home")


def follow(page: Path, samples: Iterable[str], tmp_path: Path, documented_home: Path) -> None:
    """Does what the page says, in a folder with these samples."""
    (tmp_path / "samples").mkdir()
    for path in (CHECKOUT / "samples" / name for name in samples):
        (shutil.copytree if path.is_dir() else shutil.copy)(path, tmp_path / "samples" / path.name)
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    environment["HANDSLAG_HOME"] = str(documented_home)
    for command in documented_commands(page):
        if BEFORE_THE_PROJECT.match(command):
            continue
        if RUN_AS_WHOLE.match(command):
            done = run("make", "--dry-run", *shlex.split(command)[1:])
        else:
            words = shlex.split(command)
            assert words[0].removeprefix(".venv/bin/") == "handslag", f"not covered by any test: {command}"
            done = subprocess.run([sys.executable, "-m", "handslag", *words[1:]], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def test_pages_that_are_followed_at_length_only_are_there() -> None:
    assert {page.name for page in PAGES} > LONG_PAGES


def test_the_readme_names_the_two_commands() -> None:
    assert {"make demo", "make test"} <= set(documented_commands(CHECKOUT / "README.md"))


def documented_programs() -> list[str]:
    found = []
    for page in PAGES:
        found += re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return found


@pytest.mark.parametrize("program", documented_programs())
def test_a_documented_program_works(program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
