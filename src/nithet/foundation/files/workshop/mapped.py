"""Bytes that are mapped in or in memory, as a stream for the libraries that want one; nothing is copied."""

import io

from nithet.foundation.files.workshop.kinds import Data


class Reading(io.RawIOBase):
    """A stream over bytes; closing it leaves them as they are."""

    def __init__(self, data: Data) -> None:
        self._data, self._at = data, 0

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move; ValueError before the beginning."""
        at = (0, self._at, len(self._data))[whence] + offset
        if at < 0:
            raise ValueError("before the beginning")
        self._at = at
        return at

    def tell(self) -> int:
        """Where it stands."""
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]  # plain bytes only
        """Fill a buffer as far as there is something left."""
        piece = self._data[self._at : self._at + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True
