"""How functions of the bound are compiled."""

from __future__ import annotations

from typing import Any

from numba import njit

_compiled: Any = njit
# What Python calls, and what only such functions call.
kernel = _compiled(cache=True, nogil=True, error_model="numpy")
part = _compiled(no_cpython_wrapper=True, no_cfunc_wrapper=True, error_model="numpy")
