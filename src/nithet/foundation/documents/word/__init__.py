"""Word files set as pages: what stands on the sheets of a DOCX, read into plain values that `pdf` can set."""
