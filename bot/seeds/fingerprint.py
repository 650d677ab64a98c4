"""Whether a folder of seeds, and the code that would read it, are the ones that were read last."""

from hashlib import sha256
from pathlib import Path

_READ = ("*.toml", "*.csv", "reports/*.toml")
_CODE = Path(__file__).parents[1]
_READERS = ("facts/*.py", "places/*.py", "seeds/*.py", "store/lists/*.py", "store/revisions/*.py")
"""What decides how a file is understood, and what is derived from it."""


def fingerprint(folder: Path) -> str | None:
    """The same for the same content read by the same code; None for a folder that cannot be read, so that whoever
    reads it finds out why.

    Of seed files every byte counts. Of the code it is name, size and time, as Python itself takes them to see whether a
    file was changed: a new version is another, and at worst the same files are read once more.
    """
    found = sha256()
    try:
        for pattern in _READ:
            for path in sorted(folder.glob(pattern)):
                text = path.read_bytes()
                found.update(f"{path.relative_to(folder)}\0{len(text)}\0".encode() + text)
        for pattern in _READERS:
            for path in sorted(_CODE.glob(pattern)):
                status = path.stat()
                found.update(f"{path.relative_to(_CODE)}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    except OSError:
        return None
    return found.hexdigest()
