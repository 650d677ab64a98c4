"""JSON and the gateway's transport compression, as discord.py asks for it."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import msgspec

Json = dict[str, Any]
Compress = Callable[[bytes], bytes]

dumps = msgspec.json.encode
loads = msgspec.json.decode


def compressor(name: str | None) -> Compress | None:
    """A stream compressor for the ``compress`` value of a gateway address; None means plain text frames.

    Raises :class:`ValueError` for a method that this Python cannot speak.
    """
    if not name:
        return None
    if name == "zlib-stream":
        deflate = zlib.compressobj(1)
        return lambda raw: deflate.compress(raw) + deflate.flush(zlib.Z_SYNC_FLUSH)
    if name == "zstd-stream":
        return _zstd()
    raise ValueError(f"gateway compression {name!r} is unknown")


def _zstd() -> Compress:
    # discord.py prefers Zstandard where Python 3.14's module or the zstandard package offers it.
    try:
        from compression import zstd  # type: ignore[import-not-found,unused-ignore]

        native = zstd.ZstdCompressor()
        return lambda raw: native.compress(raw, mode=zstd.ZstdCompressor.FLUSH_BLOCK)
    except ImportError:
        import zstandard  # type: ignore[import-not-found,unused-ignore]

        package = zstandard.ZstdCompressor().compressobj()
        return lambda raw: package.compress(raw) + package.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
