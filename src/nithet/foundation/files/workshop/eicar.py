"""The test file that every virus scanner knows. Nobody sends it by mistake, and it shows that the check reads on."""

import base64

from nithet.foundation.files.workshop.kinds import Data
from nithet.kernel.errors import BadInput

# Written so that the source of this program is not taken for the test file itself.
EICAR = base64.b64decode(
    "WDVPIVAlQEFQWzRcUFpYNTQoUF4pN0NDKTd9JEVJQ0FSLVNUQU5EQVJELUFOVElWSVJVUy1URVNULUZJTEUhJEgrSCo="
)


def refuse_eicar(data: Data) -> None:
    """Refuse bytes that hold the test file."""
    if data.find(EICAR) >= 0:
        raise BadInput(
            "files.virus",
            "A virus was found in this file, so it was refused. Have the machine that it comes from examined.",
            field="file",
        )
