"""Messages between a program and its parsing process: a length in eight bytes, then so many bytes."""

from __future__ import annotations

import struct
from typing import IO

_LENGTH = struct.Struct(">Q")
_CHUNK = 1 << 20


def write_message(stream: IO[bytes], *messages: bytes) -> None:
    """Write messages to an unbuffered stream; raises `OSError` if nobody reads any more."""
    for message in messages:
        for part in (_LENGTH.pack(len(message)), message):
            rest = memoryview(part)
            while rest:
                rest = rest[stream.write(rest) :]


def read_message(stream: IO[bytes], limit: int) -> bytes:
    """The next message of an unbuffered stream; `EOFError` at its end, `ValueError` for one longer than `limit` bytes."""
    length = _LENGTH.unpack(_exactly(stream, _LENGTH.size))[0]
    if length > limit:
        raise ValueError(f"a message of {length} bytes, over the limit of {limit}")
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], count: int) -> bytes:
    parts = []
    while count:
        part = stream.read(min(count, _CHUNK))
        if not part:
            raise EOFError("the stream ended within a message")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
