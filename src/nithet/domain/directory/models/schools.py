"""Schools and their networks."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.foundation.tenancy.models import OfficeOwned, Unit


class Network(OfficeOwned):
    """A network of schools (กลุ่มเครือข่ายโรงเรียน; สหวิทยาเขต in a secondary office)."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="directory_network")

    def __str__(self) -> str:
        """Show its name."""
        return str(self.unit)


class School(OfficeOwned):
    """A school under the office (สถานศึกษา). Codes are text: leading zeros count.

    `source` says where the row comes from; an example school is marked and never mixed up with a real one.
    """

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="directory_school")
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, null=True, blank=True, related_name="schools"
    )
    smis_code = models.CharField(_("SMIS code"), max_length=8, blank=True)
    district = models.CharField(_("District"), max_length=80, blank=True)
    source = models.CharField(max_length=200, blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        """One school a code in an office."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "smis_code"], condition=~Q(smis_code=""), name="school_code_once"
            ),
        ]

    def __str__(self) -> str:
        """Show its name."""
        return self.unit.name

    @property
    def name(self) -> str:
        """Return the name as the office writes it in lists."""
        return self.unit.name
