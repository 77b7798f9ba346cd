"""Words on the terminal: Thai first, English under it."""

import sys

from django.utils import translation
from django.utils.translation import gettext

from nithet.kernel.errors import RuleBroken


def both(message: str, **params: object) -> tuple[str, str]:
    """Return a message in Thai and in English."""
    said = []
    for language in ("th", "en"):
        with translation.override(language):
            said.append(gettext(message) % params if params else gettext(message))
    return said[0], said[1]


def say(message: str, **params: object) -> None:
    """Print a message to people, in both languages where they differ."""
    thai, english = both(message, **params)
    print(thai if thai == english else f"{thai}\n  {english}", flush=True)


def say_error(error: RuleBroken, exit_code: int) -> int:
    """Print an error in both languages on standard error; return the exit code given."""
    thai, english = both(error.message, **error.params)
    print(thai, file=sys.stderr)
    if english != thai:
        print(english, file=sys.stderr)
    return exit_code
