"""Committees of the office."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.foundation.tenancy.models import OfficeOwned


class Committee(OfficeOwned):
    """A committee of the office with its kind, order and dates (คณะกรรมการ)."""

    class Kind(models.TextChoices):
        """Kinds by law; the area committee existed until 21 March 2016 (order 10/2559)."""

        AREA = "area", _("Area committee")
        MONITORING = "monitoring", _("Monitoring, evaluation and supervision committee")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=250)
    order_number = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        """Show its name."""
        return self.name
