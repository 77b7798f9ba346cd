"""What "every school" means: a declared population; and by which scheme the office sizes its schools."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Population(OfficeOwned, TakenBack):
    """A declaration of which schools "ทุกโรงเรียน" means from a day on, counted by a rule and kept as it was counted."""

    class Rule(models.TextChoices):
        """Which schools are counted on the day."""

        OPEN = "open", _("every school that exists on the day")
        WITH_PUPILS = (
            "with_pupils",
            _("every school that exists on the day and is not known to have no pupils"),
        )
        OWN_CLASSES = (
            "own_classes",
            _("every school that exists on the day and does not learn entirely at another school"),
        )

    name = models.CharField(_("Name"), max_length=120)
    as_at = models.DateField(_("As at"))
    rule = models.CharField(_("Rule"), max_length=20, choices=Rule.choices)
    counted = models.PositiveIntegerField(_("Schools counted"))
    source = models.CharField(_("Source"), max_length=200, blank=True)

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class PopulationMember(OfficeOwned):
    """A school that was counted."""

    population = models.ForeignKey(Population, on_delete=models.CASCADE, related_name="members")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Counted once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["population", "school"], name="population_member_once"),
        ]

    def __str__(self) -> str:
        """Show the school."""
        return str(self.school)


class SizeSchemeChoice(OfficeOwned):
    """The scheme by which an office sizes its schools (เกณฑ์ขนาดโรงเรียน), a key of `rules/size_schemes.yaml`."""

    scheme = models.CharField(_("Scheme"), max_length=60)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One an office."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office"], name="size_scheme_once_an_office"),
        ]

    def __str__(self) -> str:
        """Show the key."""
        return self.scheme
