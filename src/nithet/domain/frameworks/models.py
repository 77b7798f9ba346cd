"""Stored editions of frameworks and return forms."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """One edition of a standard or return form (ฉบับของมาตรฐาน/แบบรายงาน), its text as data.

    Editions belong to the installation, not to an office. Once a round uses one it is frozen: `text` and `digest` never
    change again, and a new year is a new file.
    """

    urn = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    subject = models.CharField(max_length=20)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    frozen_at = models.DateTimeField(_("Frozen since"), null=True, blank=True)

    class Meta:
        """One text a version."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["urn", "version"], name="edition_version_once"),
        ]

    def __str__(self) -> str:
        """Show its title."""
        return self.title
