"""What changed for a scope between two sequences, from the revisions alone: the same question, the same answer."""

from bot.store.revising import SEQUENCE, Reader, counter


async def latest_sequence(reader: Reader) -> int:
    """The sequence of the latest revision there is, whatever its scope; 0 before the first."""
    return await counter(reader, SEQUENCE)
