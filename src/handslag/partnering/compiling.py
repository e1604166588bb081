"""How the functions of the search and the bound are compiled, and where what was compiled is kept; the one place that knows numba."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from llvmlite import ir
from numba import njit, types
from numba.core import config
from numba.extending import intrinsic

# Rooms whose sources are in no compiled function.
_NOTHING_COMPILED = frozenset({"checking", "files", "report", "sheets"})
# Seconds after which what other versions compiled is removed, if nobody used it.
_KEPT = 30 * 86_400


def cache_folder() -> Path:
    """Where compiled functions are kept: in the user's cache, by what their sources are; a temporary folder otherwise."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*/*.py")):
        if source.parent.name not in _NOTHING_COMPILED:
            digest.update(source.read_bytes())
    name = f"kernels-{digest.hexdigest()[:16]}"
    for base in (_user_cache(), Path(tempfile.gettempdir()) / f"handslag-{_user()}"):
        folder = base / "handslag" / name
        is_new = not folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            # Its time tells when it was used last.
            os.utime(folder)
            if is_new:
                _remove_unused(folder)
            return folder
    return Path(tempfile.mkdtemp(prefix="handslag-"))


def _remove_unused(folder: Path) -> None:
    """Removes what other versions compiled and nobody used since."""
    now = folder.stat().st_mtime
    for other in folder.parent.glob("kernels-*"):
        # What another process removes at the same time, or what cannot be removed, is left alone.
        with suppress(OSError):
            if other.stat().st_mtime < now - _KEPT:
                shutil.rmtree(other)


def is_compiled() -> bool:
    """True if the functions need not be compiled first, which takes up to half a minute."""
    return any(cache_folder().rglob("*.nbc"))


def _user_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


def kernel(function: Callable[..., Any]) -> Any:
    """A compiled function that Python calls: kept, and run beside other threads."""
    chosen = _config.CACHE_DIR
    if not chosen:
        _config.CACHE_DIR = str(cache_folder())
    try:
        return _njit(cache=True, nogil=True, error_model="numpy")(function)
    finally:
        _config.CACHE_DIR = chosen


@contextmanager
def without_vectorizing() -> Iterator[None]:
    """Compiles an eighth quicker: the search has no loops over neighbouring numbers."""
    chosen = _config.LOOP_VECTORIZE, _config.SLP_VECTORIZE
    _config.LOOP_VECTORIZE = _config.SLP_VECTORIZE = 0
    try:
        yield
    finally:
        _config.LOOP_VECTORIZE, _config.SLP_VECTORIZE = chosen


# numba's own types do not name what is set and asked for here.
_config: Any = config
_njit: Any = njit
# A function that only compiled functions call: without what Python would need to call it.
part: Any = _njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, error_model="numpy")


@intrinsic
def count_bits(typing_context: Any, word: Any) -> Any:
    """How many bits of a 64-bit word are set."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.ctpop(args[0])

    return types.int64(types.uint64), generate


@intrinsic
def lowest_bit(typing_context: Any, word: Any) -> Any:
    """The position of the lowest set bit; 64 if none is."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 0))

    return types.int64(types.uint64), generate
