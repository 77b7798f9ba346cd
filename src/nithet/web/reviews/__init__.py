"""Pages where others look at a round: folders to sign, the link that opens one, assessors, and two rounds compared."""
