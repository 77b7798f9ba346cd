"""Schools that learn together, and acts of law by which a school ends."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class JointLearning(OfficeOwned, TakenBack):
    """An arrangement by which pupils of partner schools learn at a host (การจัดการเรียนรวม); every school keeps its legal life.

    It is not the inclusive education of learners with special needs, for which the same word is used.
    """

    host = models.ForeignKey(School, on_delete=models.PROTECT, related_name="hosted_arrangements")
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    note = models.CharField(_("Agreement or order"), max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """It ends no sooner than it begins."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="joint_learning_dates",
            ),
        ]

    def __str__(self) -> str:
        """Show the host."""
        return str(self.host)


class JointLearningPartner(OfficeOwned):
    """A school whose pupils learn at the host, with the classes that do (โรงเรียนมาเรียนรวม)."""

    arrangement = models.ForeignKey(
        JointLearning, on_delete=models.CASCADE, related_name="partners"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="joined_arrangements")
    classes = models.JSONField(_("Classes"), default=list, blank=True)

    class Meta:
        """A school is a partner once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["arrangement", "school"], name="joint_learning_partner_once"
            ),
        ]

    def __str__(self) -> str:
        """Show the school."""
        return str(self.school)


class LegalAct(OfficeOwned, TakenBack):
    """An announcement by which a school is merged into another or closed (การรวม / เลิกสถานศึกษา)."""

    class Kind(models.TextChoices):
        """What the announcement does."""

        MERGE = "merge", _("Merged into another school")
        CLOSE = "close", _("Closed")

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="legal_acts")
    into = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="merged_acts"
    )
    order_number = models.CharField(_("Number of the announcement"), max_length=120)
    ordered_on = models.DateField(_("Dated"))
    effective_on = models.DateField(_("In force from"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A merger names the school that goes on; a closing names none."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="merge", into__isnull=False) | Q(kind="close", into__isnull=True),
                name="legal_act_merger_names_host",
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(taken_back_at__isnull=True),
                name="legal_act_ends_a_school_once",
            ),
        ]

    def __str__(self) -> str:
        """Show the kind and the school."""
        return f"{self.get_kind_display()}: {self.school}"
