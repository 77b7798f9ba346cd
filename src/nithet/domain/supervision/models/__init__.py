"""Tables of supervision, a module per noun; each is loaded here so that Django knows it."""

import nithet.domain.supervision.models.answers
import nithet.domain.supervision.models.cycle
import nithet.domain.supervision.models.dates
import nithet.domain.supervision.models.development
import nithet.domain.supervision.models.feeds
import nithet.domain.supervision.models.findings
import nithet.domain.supervision.models.information_packs
import nithet.domain.supervision.models.invitations
import nithet.domain.supervision.models.issued_reports
import nithet.domain.supervision.models.plan_submissions
import nithet.domain.supervision.models.plans
import nithet.domain.supervision.models.studies
import nithet.domain.supervision.models.visit_papers
import nithet.domain.supervision.models.visits  # noqa: F401
