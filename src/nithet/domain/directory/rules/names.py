"""How names of schools are compared."""

from nithet.kernel.text import collapse, repair_thai

WORD = "โรงเรียน"


def tidy_name(name: str) -> str:
    """Return a name as it is kept: Thai letters in order, white space single.

    >>> tidy_name("  วัดโพธิ์   ทัยมณี ")
    'วัดโพธิ์ ทัยมณี'
    """
    return collapse(repair_thai(name))


def spellings(name: str) -> tuple[str, ...]:
    """Return the ways in which the same name may stand: with and without the word โรงเรียน. Never a part of it.

    >>> spellings("โรงเรียนวัดโพธิ์")
    ('วัดโพธิ์', 'โรงเรียนวัดโพธิ์')
    >>> spellings("วัดโพธิ์ทัยมณี")
    ('วัดโพธิ์ทัยมณี', 'โรงเรียนวัดโพธิ์ทัยมณี')
    """
    tidy = tidy_name(name)
    bare = tidy.removeprefix(WORD).strip() or tidy
    return (bare, f"{WORD}{bare}")
