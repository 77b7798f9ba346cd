"""The roles that people hold at a unit; their codes stand in outputs and in GLOSSARY.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role at a unit (ตำแหน่ง/หน้าที่)."""

    DIRECTOR = "director", _("Director of the area office")
    DEPUTY_DIRECTOR = "deputy_director", _("Deputy director of the area office")
    GROUP_HEAD = "group_head", _("Head of a group")
    SUPERVISOR = "supervisor", _("Supervisor")
    PLANNER = "planner", _("Policy and plan analyst")
    COMMUNICATIONS_OFFICER = "communications_officer", _("Communications officer")
    COMMITTEE_MEMBER = "committee_member", _("Committee member")
    NETWORK_CHAIR = "network_chair", _("Network chair")
    OUTSIDE_EXPERT = "outside_expert", _("Outside expert")
    SCHOOL_HEAD = "school_head", _("School head")
    SCHOOL_CLERK = "school_clerk", _("School clerk")
    TEACHER = "teacher", _("Teacher")
    ADMINISTRATOR = "administrator", _("System administrator of the office")
    ASSESSOR = "assessor", _("Invited assessor")


OFFICE_LEADERS = frozenset({Role.DIRECTOR, Role.DEPUTY_DIRECTOR})
RECORD_WRITERS = (
    Role.PLANNER,
    Role.SUPERVISOR,
    Role.GROUP_HEAD,
    Role.DEPUTY_DIRECTOR,
    Role.DIRECTOR,
)
"""Who enters plans, visits and evidence for the office."""
OFFICE_STAFF = frozenset(
    {
        Role.DIRECTOR,
        Role.DEPUTY_DIRECTOR,
        Role.GROUP_HEAD,
        Role.SUPERVISOR,
        Role.PLANNER,
        Role.COMMUNICATIONS_OFFICER,
        Role.ADMINISTRATOR,
    }
)
SCHOOL_STAFF = frozenset({Role.SCHOOL_HEAD, Role.SCHOOL_CLERK, Role.TEACHER})
