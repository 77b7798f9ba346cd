"""Pages of papers: templates of the office, papers made from records, and what everybody may read."""
