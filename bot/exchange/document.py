"""The JSON document of an export: one JSON-LD object, its `@graph` written and read a line at a time.

A document is valid JSON as a whole, for any tool. The first line ends with the opening of the graph, every record has
one line, the last line closes the graph and tells how many records there are and the SHA-256 of all lines before it,
so that a million facts pass through without being held, and a file that was cut short or changed is known as such.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import IO

import msgspec

from bot.exchange.errors import ExchangeError
from bot.exchange.records import FORMAT, VERSION, Footer, Header, Record

_OPEN = b'"@graph":[]}'
_LONGEST = 1 << 20
"""Bytes of a line: a hundred times the longest fact there can be."""
_NOT_OURS = "This is no export of Sitrep: give a file that `python -m bot export` wrote as JSON."
_PATH = re.compile(r" - at `(\$.*)`$")
_encoder = msgspec.json.Encoder()
_record = msgspec.json.Decoder(Record)


def write(header: Header, records: Iterable[Record], out: IO[bytes]) -> int:
    """Write a document; the number of records.

    Raises:
        OSError: `out` does not take it.
    """
    digest = hashlib.sha256()

    def put(line: bytes) -> None:
        digest.update(line)
        out.write(line)

    opening = _encoder.encode(header)
    put(opening.removesuffix(b"]}"))
    count = 0
    for record in records:
        put((b",\n" if count else b"\n") + _encoder.encode(record))
        count += 1
    put(b"\n")
    out.write(b"]," + _encoder.encode(Footer(count, digest.hexdigest()))[1:] + b"\n")
    return count


class Lines:
    """A document being read.

    Attributes:
        header: its first line.
        name: of the file, for errors.
        line: the number of the line that was read last, from 1.

    Raises:
        ExchangeError: the file is no export, or one of a later version.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self.name = name
        self._digest = hashlib.sha256()
        self.line = 0
        self.header = self._header()

    def refuse(self, problem: str, path: str = "") -> ExchangeError:
        """The error about the line that was read last."""
        return ExchangeError(self.name, self.line, path, problem)

    def records(self) -> Iterator[Record]:
        """Every record.

        Raises:
            ExchangeError: a line that is no record of this version, and at the end a file that is not whole.
        """
        count = 0
        while not (line := self._next()).startswith(b"]"):
            self._digest.update(line)
            text = line.rstrip(b"\n")
            yield self._decode(text.removesuffix(b","))
            count += 1
        self._close(line, count)

    def _next(self) -> bytes:
        line = self._file.readline(_LONGEST)
        self.line += 1
        if not line:
            raise self.refuse("the file ends here, before its last line")
        if len(line) == _LONGEST:
            raise self.refuse("the line is longer than any that Sitrep writes")
        return line

    def _header(self) -> Header:
        line = self._next()
        self._digest.update(line)
        begun = line.rstrip(b"\r\n")
        if not begun.endswith(_OPEN.removesuffix(b"]}")):
            raise ExchangeError(self.name, 1, "", "the first line does not open an export", _not_ours(line))
        try:
            known = msgspec.json.decode(begun + b"]}", type=_Known)
            if known.format != FORMAT:
                raise ExchangeError(self.name, 1, "$.format", f"the format is '{known.format[:40]}'", _NOT_OURS)
            if known.version != VERSION:
                newer = f"the file is of version {known.version}; this program reads version {VERSION}"
                raise ExchangeError(self.name, 1, "$.version", newer, "Import it with the version that wrote it.")
            return msgspec.json.decode(begun + b"]}", type=Header)
        except msgspec.MsgspecError as error:
            raise self._unfit(error) from None

    def _decode(self, line: bytes) -> Record:
        try:
            record: Record = _record.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise self._unfit(error) from None
        return record

    def _close(self, line: bytes, count: int) -> None:
        if not line.startswith(b"],"):
            raise self.refuse("the last line is not whole")
        try:
            footer = msgspec.json.decode(b"{" + line[2:], type=Footer)
        except msgspec.MsgspecError as error:
            raise self._unfit(error) from None
        if footer.records != count:
            raise self.refuse(f"{count:,} records were read, {footer.records:,} were written", "$.records")
        if footer.digest != self._digest.hexdigest():
            raise self.refuse("the lines are not those that were written", "$.digest")
        if self._file.readline(_LONGEST).strip():
            self.line += 1
            raise self.refuse("something follows the end of the document")

    def _unfit(self, error: Exception) -> ExchangeError:
        said = str(error)
        found = _PATH.search(said)
        problem = _PATH.sub("", said)
        return self.refuse(problem[:1].lower() + problem[1:].rstrip("."), found[1] if found else "")


class _Known(msgspec.Struct):
    """As much of the header as every version has."""

    format: str
    version: int


def _not_ours(line: bytes) -> str:
    if line.removeprefix(b"\xef\xbb\xbf").startswith(b"fact,"):
        return "A table is for spreadsheets and lacks what an import needs: export with `--format json`."
    return _NOT_OURS
