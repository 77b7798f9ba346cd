"""Which records an old return gives rise to. Nothing is invented, nothing found is left out.

`proposals.proposals_of` is the entry: a document in, proposals out, each with a key by which others
name it before any record exists.
"""
