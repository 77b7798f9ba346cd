"""Templates of an office and their versions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.foundation.tenancy.models import OfficeOwned


class Template(OfficeOwned):
    """The office's template for a kind of paper (แม่แบบเอกสาร); one a kind, there once the office has brought one.

    `in_force` is the version that papers are made from; None: the shipped one.
    """

    kind = models.CharField(max_length=40)
    in_force = models.ForeignKey(
        "TemplateVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One a kind."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "kind"], name="template_kind_once"),
        ]

    def __str__(self) -> str:
        """Show the kind."""
        return self.kind


class TemplateVersion(OfficeOwned):
    """One version of a template (ฉบับที่ … ของแม่แบบ): its Word file by digest; versions are added, never replaced."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    why = models.CharField(_("What is new"), max_length=500, blank=True)
    brought_by = models.CharField(max_length=300)
    brought_at = models.DateTimeField()

    class Meta:
        """Numbered from 1, the newest first; the same file is a version once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once"),
            models.UniqueConstraint(fields=["template", "sha256"], name="template_file_once"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        """Show its number and file."""
        return f"{self.number} · {self.file_name}"
