"""Tables of rounds, a module per noun; each is loaded here so that Django knows it."""

import nithet.domain.assessments.models.assigning
import nithet.domain.assessments.models.commenting
import nithet.domain.assessments.models.narrative
import nithet.domain.assessments.models.rounds
import nithet.domain.assessments.models.signing  # noqa: F401
