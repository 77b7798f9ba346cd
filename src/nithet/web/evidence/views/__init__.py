"""Pages of evidence: lists, one piece, bringing, sending in pieces, uses, signed papers."""
