"""Tables of plans, a module per noun; each is loaded here so that Django knows it."""

import nithet.domain.plans.models.activity
import nithet.domain.plans.models.calendar
import nithet.domain.plans.models.carrying
import nithet.domain.plans.models.importing
import nithet.domain.plans.models.money
import nithet.domain.plans.models.needs
import nithet.domain.plans.models.plan
import nithet.domain.plans.models.policy
import nithet.domain.plans.models.project
import nithet.domain.plans.models.review
import nithet.domain.plans.models.surveys  # noqa: F401
