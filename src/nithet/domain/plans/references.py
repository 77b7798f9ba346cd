"""What the fields of this package hold when an office is carried to another installation."""

import secrets
from typing import Any

from nithet.domain.plans.files import NAMESPACE
from nithet.domain.plans.rules.snapshot import digest_of
from nithet.foundation.transfer.references import (
    REF,
    WORDS,
    Derived,
    File,
    Nested,
    Secret,
    Translate,
    declare,
)

_LISTS = {"strategies": "plans.strategy", "projects": "plans.project", "policies": "plans.policy"}
_PARTS = {
    "activities": "plans.activity",
    "budget": "plans.budgetline",
    "targets": "plans.target",
    "services": "plans.projectservice",
}


def declare_references() -> None:
    """Declare them. An approved plan is compared with the plan as it is by the keys of its lines, so these are new in it too."""
    declare("plans.project", source=WORDS, emenscr_code=WORDS)
    declare("plans.projectservice", fields=WORDS)
    declare("plans.calendarday", source=WORDS)
    declare("plans.budgetline", figure_source=WORDS, source_kind=WORDS)
    declare("plans.target", figure_source=WORDS)
    declare("plans.policy", target_unit=WORDS)
    declare("plans.policyprogress", figure_source=WORDS)
    declare("plans.carriedpoint", source_ref=REF, source_words=WORDS)
    declare("plans.planimport", sha256=File(NAMESPACE), lines=WORDS, unread=WORDS)
    declare("plans.needsurveylink", code=Secret(lambda: secrets.token_hex(16)))
    declare("plans.need", source=REF, met_by=REF, point=WORDS)
    declare(
        "plans.planversion",
        content=Nested(_with_new_keys),
        digest=Derived(lambda row: digest_of(row["content"])),
    )


def _with_new_keys(content: Any, translate: Translate) -> Any:
    new = dict(content)
    for name, model in _LISTS.items():
        new[name] = [_line(one, model, translate) for one in content[name]]
    for project in new["projects"]:
        for name, model in _PARTS.items():
            project[name] = [_line(one, model, translate) for one in project[name]]
    return new


def _line(line: Any, model: str, translate: Translate) -> Any:
    return {**line, "id": str(translate.key(model, int(line["id"])))}
