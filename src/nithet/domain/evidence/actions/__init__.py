"""Every write to evidence: bringing, files, uses, reviews, papers that are signed."""
