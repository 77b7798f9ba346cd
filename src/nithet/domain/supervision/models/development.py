"""How a school is accompanied from one step to the next, over several visits."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.tenancy.models import OfficeOwned


class Development(OfficeOwned):
    """Something that a school develops with the help of supervision (เรื่องที่พาโรงเรียนพัฒนา); its steps stand in `chain`.

    `chain` is the id of a list of steps in `rules/chain.py`.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="developments")
    topic = models.CharField(_("What is developed"), max_length=250)
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, null=True, blank=True, related_name="developments"
    )
    chain = models.CharField(max_length=40)

    class Meta:
        """A topic stands once in a school."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "topic"], name="development_topic_once"),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show what it is about."""
        return self.topic


class DevelopmentStep(OfficeOwned):
    """The step of a development at which a visit found or led the school; `step` is an id of its chain."""

    development = models.ForeignKey(Development, on_delete=models.CASCADE, related_name="steps")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="development_steps")
    step = models.CharField(max_length=40)
    note = models.CharField(_("What was done"), max_length=500, blank=True)

    class Meta:
        """One step a development and visit, in the order of the visits."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["development", "visit"], name="development_step_once_a_visit"
            ),
        ]
        ordering: ClassVar = ["visit__visited_on", "pk"]

    def __str__(self) -> str:
        """Show development and step."""
        return f"{self.development} > {self.step}"
