"""What Thai text needs beyond its letters: the form that search compares, dictionary order, words, lists.

Owns: `forms` (search form and sort key), `words` (cutting into words, the only user of pythainlp) and
`lists` (joining names in a sentence). Plain functions on strings; no Django, no files.

Invariants: the search form of a part of a text, cut at word borders, is a part of the search form of the
text; the sort key of a text is a string, so a database column can hold it.
"""
