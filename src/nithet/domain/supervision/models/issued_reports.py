"""Reports on supervision as they were issued: frozen, with their files and the records that they were made of."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class IssuedReport(TakenBack, OfficeOwned):
    """A report as it was issued (รายงานที่ออกแล้ว): never rendered again; what is recorded later does not change it.

    `subject` says of what, in the words of its kind: "2555", "monitoring 1/2555", "2012-06", "" for the brief of `school`.
    `number` counts the issues of one subject from 1. `content` is the whole report as plain values and `digest` the SHA-256
    of its canonical JSON; `code` is that of the printed paper, in its QR.
    """

    class Kind(models.TextChoices):
        """Which report."""

        YEAR = "year", _("Year report of supervision")
        SEMESTER = "semester", _("Semester report of a committee")
        MONTH = "month", _("Monthly meeting of school heads")
        BRIEF = "brief", _("School brief before a visit")

    kind = models.CharField(_("Report"), max_length=10, choices=Kind.choices)
    subject = models.CharField(max_length=40, blank=True)
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="briefs_issued"
    )
    fiscal_year = models.PositiveSmallIntegerField(_("Fiscal year"))
    number = models.PositiveIntegerField(_("Issue number"))
    title = models.CharField(_("Title"), max_length=500)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    code = models.CharField(max_length=16, unique=True)
    issued_at = models.DateTimeField(_("Issued"))
    issued_by = models.CharField(max_length=300)

    class Meta:
        """A number is given once for what the report is of; the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "kind", "subject", "number"],
                condition=models.Q(school__isnull=True),
                name="issued_report_number_once",
            ),
            models.UniqueConstraint(
                fields=["office", "school", "number"],
                condition=models.Q(school__isnull=False),
                name="issued_brief_number_once",
            ),
        ]
        ordering: ClassVar = ["-issued_at", "-pk"]

    def __str__(self) -> str:
        """Show title and number of the issue."""
        return f"{self.title} ฉบับที่ {self.number}"


class IssuedReportFile(OfficeOwned):
    """A file of an issued report. `piece` is the piece of evidence that keeps it ("evidence.piece:5")."""

    class Form(models.TextChoices):
        """What it is."""

        PDF = "pdf", "PDF"
        PPTX = "pptx", _("Three slides")

    report = models.ForeignKey(IssuedReport, on_delete=models.CASCADE, related_name="files")
    form = models.CharField(max_length=5, choices=Form.choices)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    piece = models.CharField(max_length=120)

    class Meta:
        """One of each form."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "form"], name="issued_report_file_once"),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show the form."""
        return self.form


class IssuedReportSource(OfficeOwned):
    """A record that an issued report was made of, and the digest of what it said then."""

    report = models.ForeignKey(IssuedReport, on_delete=models.CASCADE, related_name="sources")
    ref = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)

    class Meta:
        """A record stands once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "ref"], name="issued_report_source_once"),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show the record."""
        return self.ref
