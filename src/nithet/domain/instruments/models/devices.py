"""Devices."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.foundation.tenancy.models import OfficeOwned


class Device(OfficeOwned):
    """A telephone or tablet on which one person fills in forms (เครื่องที่ใช้บันทึก).

    Its address holds a token that is told once; here lies only its SHA-256. `last_used_at` is right to ten minutes.
    """

    user_id = models.BigIntegerField()
    name = models.CharField(_("Name of the device"), max_length=120)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=300)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=300, blank=True)

    class Meta:
        """The newest first; read by person."""

        indexes: ClassVar = [models.Index(fields=["office", "user_id"])]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show its name."""
        return self.name

    @property
    def is_revoked(self) -> bool:
        """Say whether nothing more is given to it."""
        return self.revoked_at is not None
