"""How large a table may be. A list of an area has some hundred rows; the limits are far above and keep a machine safe."""

from __future__ import annotations

from nithet.kernel.errors import BadInput

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
LONGEST_CELL = 32_767


def too_large() -> BadInput:
    """Return the refusal of a file that is larger than any list of schools or projects."""
    return BadInput(
        "table.too_large",
        "The file is too large: at most %(megabytes)s MB and %(rows)s rows. Bring only the sheet that is needed.",
        megabytes=MAX_BYTES // (1024 * 1024),
        rows=MAX_ROWS,
    )
