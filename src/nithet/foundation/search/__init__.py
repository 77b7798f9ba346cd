"""One search over everything a person may see (ค้นหา): any part of a word, Thai inside sentences, the same on both databases.

Owns: `registry` (kind -> how its records become documents), the table of entries, `indexing` (keeping it fresh), `finding`
(which entries hold the words), `queries.search` (what of it the reader may see), `highlights`. Who may see what is never
decided here: `refs.resolve` is asked for every result, and counts are made of its answers alone.

Invariants: what is found is what a plain substring search of the normalised texts finds, on SQLite (trigrams) and PostgreSQL
(trigrams where the extension is there); an entry is made from its record, so every entry can be thrown away and made again.

Order of the modules: queries > indexing | finding > models > registry | full_text | highlights | wording.
"""
