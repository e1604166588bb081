"""How functions are compiled, where what was compiled is kept, and what compiled functions share; the one place that knows numba."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import config
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.extending import intrinsic

# Rooms whose sources are in no compiled function.
_NOTHING_COMPILED = frozenset({"checking", "files", "repairing", "report", "sheets"})
# Seconds after which what other versions compiled is removed, if nobody used it.
_KEPT = 30 * 86_400


def cache_folder() -> Path:
    """Where compiled functions are kept: in the user's cache, by what their sources are; a temporary folder otherwise."""
    digest = hashlib.sha256()
    for source in compiled_sources():
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


def compiled_sources() -> list[Path]:
    """The files on which machine code may depend: this one, and those of every room in which something is compiled."""
    here = Path(__file__)
    rooms = (source for source in here.parent.glob("*/*.py") if source.parent.name not in _NOTHING_COMPILED)
    return sorted((here, *rooms))


def _remove_unused(folder: Path) -> None:
    """Removes what other versions compiled and nobody used since."""
    now = folder.stat().st_mtime
    for other in folder.parent.glob("kernels-*"):
        # What another process removes at the same time, or what cannot be removed, is left alone.
        with suppress(OSError):
            if other.stat().st_mtime < now - _KEPT:
                shutil.rmtree(other)


def is_compiled() -> bool:
    """True if the functions need not be compiled first, which takes about half a minute."""
    return any(cache_folder().rglob("*.nbc"))


def _user_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _user() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


# --- parts have no machine code of their own: numba would make it for each, with that of all that it calls ---------------


class _NoEngine:
    """Has no machine code that could be told where its constants are."""

    def set_env(self, name: str, environment: Any) -> None:
        pass


class _PartLibrary(JITCodeLibrary):
    """A part's code as it was written down: neither optimized nor made machine code until it stands in a kernel's."""

    def finalize(self) -> None:
        self._raise_if_finalized()  # type: ignore[no-untyped-call]
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        return 0

    @property
    def codegen(self) -> _NoEngine:
        return _NoEngine()

    @property
    def needed(self) -> list[Any]:
        """What it calls."""
        return list(self._linking_libraries)


class _KernelLibrary(JITCodeLibrary):
    """A kernel with all the parts that it needs, and those that they need, in one piece."""

    def finalize(self) -> None:
        needed = dict.fromkeys(self._linking_libraries)
        ahead = list(needed)
        while ahead:
            one = ahead.pop()
            if isinstance(one, _PartLibrary):
                new = [other for other in one.needed if other not in needed]
                needed |= dict.fromkeys(new)
                ahead += new
        self._linking_libraries = list(needed)
        super().finalize()  # type: ignore[no-untyped-call]


class _Compiler(CompilerBase):
    """numba's usual way of compiling, into a library of ours."""

    library: Any = _KernelLibrary

    def define_pipelines(self) -> list[Any]:
        self.state.library = self.library(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
        self.state.library.enable_object_caching()
        return [DefaultPassBuilder.define_nopython_pipeline(self.state)]  # type: ignore[no-untyped-call]


class _PartCompiler(_Compiler):
    library = _PartLibrary


# numba's own types do not name what is set and asked for here.
_config: Any = config
_njit: Any = njit
# A function that only compiled functions call: without what Python would need to call it.
part: Any = _njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, error_model="numpy", pipeline_class=_PartCompiler)


def kernel(function: Callable[..., Any]) -> Any:
    """A compiled function that Python calls: kept, and run beside other threads."""
    chosen = _config.CACHE_DIR
    if not chosen:
        _config.CACHE_DIR = str(cache_folder())
    try:
        return _njit(cache=True, nogil=True, error_model="numpy", pipeline_class=_Compiler)(function)
    finally:
        _config.CACHE_DIR = chosen


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


@part  # type: ignore[untyped-decorator]  # numba has no types
def draw_bits(state: Any) -> Any:
    """The next 64 random bits of a generator whose state is the first word (splitmix64: Steele, Lea and Flood 2014)."""
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
