"""Tables of supervision, a module per noun; each is loaded here so that Django knows it."""

import nithet.domain.supervision.models.dates
import nithet.domain.supervision.models.feeds
import nithet.domain.supervision.models.findings
import nithet.domain.supervision.models.plans
import nithet.domain.supervision.models.visits  # noqa: F401
