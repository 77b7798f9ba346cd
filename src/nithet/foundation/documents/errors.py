"""Why a document could not be made, said so that a person can act on it."""

from nithet.kernel.errors import Busy, RuleBroken


class UnprintableText(RuleBroken):
    """The text holds a character that no font of the document has."""


class DocumentTooHeavy(RuleBroken):
    """Setting the document took more time or memory than is allowed."""


class DocumentFault(RuleBroken):
    """The engine refused the document for a reason of its own."""


class TypesetterBusy(Busy):
    """Every typesetter is at work and none came free in time."""
