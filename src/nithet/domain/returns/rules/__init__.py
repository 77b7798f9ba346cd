"""Pure decisions about returns: no Django, no records, only plain values.

`codec` keeps a document as JSON, `compare` finds what an edited file changed, `importing` says which
records an old return gives rise to, `wording` tells the form's own words from the office's,
`numbering` numbers what is issued.
"""
