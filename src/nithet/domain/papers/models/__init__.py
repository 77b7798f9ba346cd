"""Tables of papers, a module per noun; each is loaded here so that Django knows it."""

import nithet.domain.papers.models.letterheads
import nithet.domain.papers.models.papers
import nithet.domain.papers.models.publications
import nithet.domain.papers.models.templates  # noqa: F401
