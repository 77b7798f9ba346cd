"""What proves the work: pieces, where they are kept, how clear they are and what they are used for (เอกสาร/หลักฐานอ้างอิง).

One piece, many uses. A file is content-addressed and never replaced. Physical things are pieces too, with a custodian and
a place. Clarity is a checklist with reasons: what can be computed is computed, the rest a reviewer answers, never the one
who brought the piece.
"""
