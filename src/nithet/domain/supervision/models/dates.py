"""The school's word on the day of a visit, and the visits of other bodies."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned
from nithet.kernel import clock


class DateAnswer(OfficeOwned):
    """A school was asked about the day of a visit (ขอนัดวันนิเทศ); it agrees, or asks for another day with a reason.

    `asked_for` is the day it was asked about, `wished_for` the one it asks for instead. The word of its link is made from `nonce`
    and the installation's key, so that it can be shown again and nobody who reads the database can make it.
    """

    class State(models.TextChoices):
        """Where it stands; what was answered is settled by the planner where another day is asked for."""

        WAITING = "waiting", _("Waiting for the school")
        AGREED = "agreed", _("The school agrees")
        ASKED_OTHER = "asked_other", _("The school asks for another day")
        SETTLED = "settled", _("Settled")
        WITHDRAWN = "withdrawn", _("Not asked any more")

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="date_answers")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    asked_for = models.DateField()
    answer_by = models.DateField(_("Answer by"), null=True, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.CharField(max_length=300)
    asked_by_id = models.BigIntegerField(null=True, blank=True)
    nonce = models.CharField(max_length=32)
    wished_for = models.DateField(_("Day that suits the school"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=300, blank=True)
    settlement = models.CharField(_("Answer to the school"), max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One open question a visit; another day has a reason."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit"],
                condition=Q(state__in=["waiting", "asked_other"]),
                name="date_answer_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked_other") | ~Q(reason=""),
                name="date_answer_other_day_says_why",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "state"])]
        ordering: ClassVar = ["asked_for", "pk"]

    def __str__(self) -> str:
        """Show the school."""
        return f"{self.visit}"


class OtherBodysVisit(TakenBack, OfficeOwned):
    """Something else is at a school: the planner keeps these days free of visits.

    Another body comes (หน่วยงานอื่นเข้าโรงเรียน, `body` names it), or the school itself is closed or away (`body` says why).
    """

    class Kind(models.TextChoices):
        """What is there."""

        OTHER_BODY = "other_body", _("Another body comes")
        CLOSED = "closed", _("The school itself is closed or away")

    kind = models.CharField(
        _("What is there"), max_length=10, choices=Kind.choices, default=Kind.OTHER_BODY
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="other_bodies_visits")
    body = models.CharField(_("Who comes"), max_length=200)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))
    source = models.CharField(_("Where this is stated"), max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the days."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="other_bodys_visit_in_order"
            ),
        ]
        ordering: ClassVar = ["starts_on", "pk"]

    def __str__(self) -> str:
        """Show the body."""
        return self.body

    @property
    def words(self) -> str:
        """Say in Thai why the school is not visited on these days."""
        if self.kind == self.Kind.CLOSED:
            return f"โรงเรียนไม่ว่าง ({self.body})"
        return f"{self.body} เข้าโรงเรียน"
