"""How functions of the search are compiled."""

from __future__ import annotations

from numba import njit

kernel = njit(cache=True, nogil=True, error_model="numpy")
part = njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, error_model="numpy")
