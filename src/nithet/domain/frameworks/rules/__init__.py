"""Editions and the judge, as plain Python: values in, values out, no Django and no database.

`loading.edition.load_edition` makes an Edition of a file (`check_edition` only looks), `judge.judge`
says which level facts earn and why, `changes` what would have to change, `speech` says it in Thai
and English, `contract` as JSON. `facts` holds what goes in.
"""
