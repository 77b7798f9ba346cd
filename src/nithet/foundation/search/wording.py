"""What was typed into the search box, as the terms that every result holds."""

import re

from nithet.foundation.thai_text.forms import search_form

LONGEST = 200
"""Characters of a question that are read; the rest is cut."""
MOST_TERMS = 8

_PARTS = re.compile(r'"([^"]*)"|(\S+)')


def terms_of(typed: str) -> tuple[str, ...]:
    """Return the normalised terms of a question, each once, the longest first; a phrase in quotation marks is one term.

    >>> terms_of('นิเทศ  “วัดเพรียง ๒” นิเทศ')
    ('วัดเพรียง 2', 'นิเทศ')
    >>> terms_of("  ")
    ()
    """
    found = [
        search_form(phrase or word).strip('"')
        for phrase, word in _PARTS.findall(search_form(typed.replace("\0", " ")[:LONGEST]))
    ]
    kept = dict.fromkeys(term for term in found if term)
    return tuple(sorted(kept, key=len, reverse=True)[:MOST_TERMS])
