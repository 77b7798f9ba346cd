"""A mark for message ids that stand away from the call that translates them."""


def msgid(text: str) -> str:
    """The text itself, marked as an English message id, so that the catalogues collect it.

    For plain code that keeps an id in a table or a field and lets an edge translate it. What is given
    to `RuleBroken`, to a verdict or to an event is collected without this mark.

    >>> msgid("The file is empty.")
    'The file is empty.'
    """
    return text
