"""The parsing process: there when needed, gone when it hangs, and no danger to the process that asks it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import handslag
from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import Limits, load
from handslag.reading.loading.document import Content
from handslag.reading.loading.refusal import Refusal
from handslag.reading.loading.worker import answer_to
from handslag.reading.loading.workshop import Workshop, workshop

MakeFile = Callable[[str, bytes | str], Path]
CHECKOUT = Path(handslag.__file__).resolve().parents[2]
PAGE = b"<h1>Avtal</h1><p>Text.</p>"
QUICK = Limits(seconds=1.5)


@pytest.fixture
def own() -> Iterator[Workshop]:
    """A workshop of the test's own."""
    made = Workshop()
    yield made
    made.close()


def is_alive(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.05)
    return condition()


def test_one_process_serves_many_documents(own: Workshop) -> None:
    first = own.parse(PAGE, "html", Limits())
    process = own.process_id
    assert [own.parse(PAGE, "html", Limits()) for _ in range(5)] == [first] * 5
    assert own.process_id == process


def test_a_document_that_hangs_is_ended_and_the_next_one_read(own: Workshop) -> None:
    own.parse(PAGE, "html", QUICK)
    process = own.process_id
    assert process
    os.kill(process, signal.SIGSTOP)  # hangs for ever, whatever it is asked
    start = time.monotonic()
    with pytest.raises(Refusal, match=r"takes longer than 1.5 seconds to read; split it into smaller files"):
        own.parse(PAGE, "html", QUICK)
    assert 1.4 < time.monotonic() - start < 10
    assert not is_alive(process)
    assert own.parse(PAGE, "html", QUICK).text == "Avtal\n\nText."
    assert own.process_id != process


def test_a_document_that_takes_too_long_really_is_ended(own: Workshop) -> None:
    own.parse(PAGE, "html", Limits())
    heavy = b"<div>ord <b>ord</b></div>" * 400_000
    with pytest.raises(Refusal, match=r"takes longer than 0.3 seconds"):
        own.parse(heavy, "html", Limits(seconds=0.3))


def test_a_crash_is_told_and_the_next_document_read(own: Workshop) -> None:
    own.parse(PAGE, "html", Limits())
    process = own.process_id
    assert process
    heavy = b"<div>ord <b>ord</b></div>" * 400_000
    threading.Timer(0.3, os.kill, (process, signal.SIGSEGV)).start()
    with pytest.raises(Refusal, match=r"makes its parser break off \(exit status -11.*\); open it in the program"):
        own.parse(heavy, "html", Limits())
    assert own.parse(PAGE, "html", Limits()).text == "Avtal\n\nText."


def test_a_process_killed_between_documents_is_started_again(own: Workshop) -> None:
    own.parse(PAGE, "html", Limits())
    process = own.process_id
    assert process
    os.kill(process, signal.SIGKILL)
    assert wait_until(lambda: own.process_id is None)
    assert own.parse(PAGE, "html", Limits()).text == "Avtal\n\nText."


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits address space")
def test_a_document_that_needs_too_much_memory(own: Workshop) -> None:
    heavy = b"<div>ord <b>ord</b></div>" * 400_000
    limits = Limits(max_memory=300_000_000)
    with pytest.raises(Refusal, match=r"needs more memory than one web page is given|makes its parser break off"):
        own.parse(heavy, "html", limits)
    assert own.parse(PAGE, "html", limits).text == "Avtal\n\nText."


@pytest.mark.parametrize("while_busy", [False, True])
def test_the_process_ends_with_its_parent(while_busy: bool) -> None:
    script = (
        "import os, sys, threading, time\n"
        "from handslag.reading.loading.document import Limits\n"
        "from handslag.reading.loading.workshop import workshop\n"
        "workshop.parse(b'<p>x', 'html', Limits())\n"
        "print(workshop.process_id, flush=True)\n"
        f"if {while_busy}: workshop.parse(b'<div>ord <b>ord</b></div>' * 1_000_000, 'html', Limits())\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        try:
            assert parent.stdout
            process = int(parent.stdout.readline())
            time.sleep(0.3)
            assert is_alive(process)
        finally:
            parent.kill()
    assert wait_until(lambda: not is_alive(process))


def test_the_process_ends_when_the_program_ends_well() -> None:
    script = (
        "from handslag.reading.loading.document import Limits\n"
        "from handslag.reading.loading.workshop import workshop\n"
        "workshop.parse(b'<p>x', 'html', Limits())\n"
        "print(workshop.process_id)\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert not is_alive(int(done.stdout))


def test_plain_text_starts_no_process_and_loads_no_parser(file: MakeFile) -> None:
    script = (
        "import sys; from pathlib import Path; from handslag.reading.loading import load\n"
        "load(Path(sys.argv[1]))\n"
        "print(sorted({'lxml', 'pypdfium2', 'docx', 'subprocess', 'handslag.reading.loading.workshop'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", script, str(file("sida.txt", "text"))]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_parsers_stay_out_of_the_asking_process(file: MakeFile) -> None:
    script = (
        "import sys; from pathlib import Path; from handslag.reading.loading import load\n"
        "load(Path(sys.argv[1]))\n"
        "print(sorted({'lxml', 'pypdfium2', 'docx'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", script, str(file("sida.html", PAGE))]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_programs_lying_in_the_current_folder_are_not_run(tmp_path: Path) -> None:
    for name in ("json", "lxml", "signal", "handslag"):
        (tmp_path / f"{name}.py").write_text("open('run', 'w').close()\n", encoding="utf-8")
    (tmp_path / "sida.html").write_bytes(PAGE)
    script = (
        "import sys; sys.path.remove(''); from pathlib import Path; from handslag.reading.loading import load\n"
        "print(load(Path('sida.html')).text)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(handslag.__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "Avtal\n\nText.\n", done.stderr
    assert not (tmp_path / "run").exists()


def test_no_half_of_a_compiled_module_is_left_behind(tmp_path: Path) -> None:
    """The process may write no long files: what Python compiles in it would be cut off, and be taken for whole ever after."""
    page = CHECKOUT / "samples" / "company-release.pdf"
    code = f"from handslag.reading.loading import load; from pathlib import Path; print(len(load(Path({str(page)!r})).text))"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONPATH": str(CHECKOUT / "src")}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert int(done.stdout) > 100
    assert list(tmp_path.rglob("workshop.*.pyc")), "otherwise nothing was compiled at all"


def test_a_forked_process_takes_one_of_its_own(file: MakeFile) -> None:
    path = file("sida.html", PAGE)
    load(path)
    mine = workshop.process_id
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        text = load(path).text if workshop.process_id is None else ""
        os.write(writer, text.encode() if workshop.process_id not in (None, mine) else b"the same")
        workshop.close()
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    assert os.read(reader, 100) == b"Avtal\n\nText."
    os.close(reader)
    assert load(path).text == "Avtal\n\nText."
    assert workshop.process_id == mine


def test_threads_take_turns(file: MakeFile) -> None:
    paths = [file(f"{number}.html", f"<p>sida {number}") for number in range(20)]
    texts: dict[int, str] = {}

    def read(number: int) -> None:
        texts[number] = load(paths[number]).text

    threads = [threading.Thread(target=read, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == {number: f"sida {number}" for number in range(20)}


@pytest.mark.usefixtures("ctrl_c_is_heeded")
def test_breaking_off_leaves_nothing_half_said(own: Workshop) -> None:
    own.parse(PAGE, "html", Limits())
    heavy = b"<div>ord <b>ord</b></div>" * 400_000
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        own.parse(heavy, "html", Limits())
    assert own.parse(PAGE, "html", Limits()).text == "Avtal\n\nText."


def test_any_error_of_a_parser_becomes_a_reason() -> None:
    answer = answer_to(b"x", "pdf", Limits(max_bytes=1))
    assert answer == {"refused": "is not a PDF; give it the ending of what it is"}
    answer = answer_to(None, "html", Limits())  # type: ignore[arg-type]  # an error that no parser foresees
    assert answer["refused"].startswith("could not be read as a web page (")
    assert answer["refused"].endswith("); open it and save it again")


def test_content_comes_through_as_it_was() -> None:
    content = answer_to("<h1>Å\u00ad𝒜</h1><p>\u00a0x".encode(), "html", Limits())["content"]
    assert Content.from_json(content).as_json() == content
    with pytest.raises(ValueError, match="unknown tag"):
        Content.from_json(content | {"regions": [[0, 1, "advert"]]})


def test_a_file_is_named_whatever_happens(file: MakeFile) -> None:
    with pytest.raises(UnreadableFile) as caught:
        load(file("x.html", b"<div>ord <b>ord</b></div>" * 400_000), name="mapp/x.html", limits=Limits(seconds=0.3))
    assert str(caught.value) == (
        "mapp/x.html: takes longer than 0.3 seconds to read; split it into smaller files, or save it as text"
    )
