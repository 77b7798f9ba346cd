"""Pieces of evidence with the versions of their files, their uses, the answers about their clarity, and signed papers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.frameworks.models import Edition
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Piece(OfficeOwned, TakenBack):
    """One piece of evidence (หลักฐาน): a document, a disc, a booklet, a record, or a statement in words.

    `period_*` is the time that the piece speaks of, which is not the day it was uploaded. `about` points at the record
    that it proves ("plans.project:5"); empty where it proves none. `file_*`, `media_type` and `is_quarantined` say again
    what its newest `PieceFile` is. `seen_at` is when a person last found a physical thing at its place, `lost_at` when it was looked for
    and not found. `shows_children` marks faces or names of children; until `sharing_confirmed_at` nothing of it leaves
    the office.
    """

    class Medium(models.TextChoices):
        """Where the piece lives."""

        FILE = "file", _("File")
        PHYSICAL = "physical", _("Physical thing")
        LINK = "link", _("Link")
        STATEMENT = "statement", _("Statement in words")
        LISTED = "listed", _("Named in a return, not yet shown")

    title = models.CharField(_("Title"), max_length=500)
    kind = models.CharField(_("Kind of evidence"), max_length=60)
    medium = models.CharField(max_length=12, choices=Medium.choices, default=Medium.LISTED)
    body = models.TextField(_("Text"), blank=True)
    period_start = models.DateField(_("Speaks of the time from"), null=True, blank=True)
    period_end = models.DateField(_("until"), null=True, blank=True)
    custodian = models.CharField(_("Kept by"), max_length=200, blank=True)
    place = models.CharField(_("Kept at"), max_length=250, blank=True)
    link = models.URLField(blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_size = models.BigIntegerField(null=True, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    is_quarantined = models.BooleanField(default=False)
    about = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=250, blank=True)
    made_by = models.CharField(_("Brought by"), max_length=300, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.CharField(max_length=300, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)
    shows_children = models.BooleanField(_("Children can be recognised"), default=False)
    sharing_confirmed_at = models.DateTimeField(null=True, blank=True)
    sharing_confirmed_by = models.CharField(max_length=300, blank=True)
    sharing_confirmed_because = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A period does not end before it starts; a file piece has its digest; a source names a piece once."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="piece_period_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(medium="file") | ~Q(file_sha256=""), name="piece_file_has_digest"
            ),
            models.UniqueConstraint(
                fields=["office", "source", "kind", "title"],
                condition=~Q(source="") & Q(taken_back_at__isnull=True),
                name="piece_source_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "about"]),
            models.Index(fields=["office", "file_sha256"]),
        ]

    def __str__(self) -> str:
        """Show its title."""
        return self.title


class AlsoAbout(OfficeOwned):
    """A further record that a piece proves: brought once, it serves there too (ใช้ชิ้นเดิม)."""

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="further")
    about = models.CharField(max_length=120)

    class Meta:
        """Each record once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["piece", "about"], name="piece_also_about_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "about"], name="evidence_also_about")]

    def __str__(self) -> str:
        """Show piece and record."""
        return f"{self.piece} > {self.about}"


class PieceFile(OfficeOwned):
    """One version of the file of a piece (ไฟล์ฉบับที่ …); versions are added, never replaced.

    `is_quarantined` while nobody could check the content: the file is kept and not served (รอตรวจสอบ). `why` says what
    is new in it; empty for the first.
    """

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    is_quarantined = models.BooleanField(default=False)
    why = models.CharField(_("What is new"), max_length=500, blank=True)
    added_by_id = models.BigIntegerField(null=True, blank=True)
    added_by = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        """Numbered from 1; the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["piece", "number"], name="piece_file_number_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "sha256"], name="evidence_file_sha")]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        """Show its name."""
        return self.name


class Use(OfficeOwned, TakenBack):
    """A piece proves an item of an edition in a fiscal year (การใช้หลักฐาน); one piece has as many as it serves.

    `printed_title`, `sheet` and `position` keep how an official form lists it; `boxed` says whether a box stands before
    it, `ticked` what it says, None where the old file lost the mark. Uses are of a year, so the same piece may serve
    several rounds of that year.
    """

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="uses")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="evidence_uses")
    fiscal_year = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=40)
    printed_title = models.CharField(max_length=500, blank=True)
    printed_body = models.JSONField(default=list)
    mark = models.CharField(max_length=20, blank=True)
    boxed = models.BooleanField(default=True)
    ticked = models.BooleanField(null=True)
    is_ambiguous = models.BooleanField(default=False)
    sheet = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One standing use a piece, item and year."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["piece", "edition", "fiscal_year", "item"],
                condition=Q(taken_back_at__isnull=True),
                name="evidence_use_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "edition", "fiscal_year", "item"])]
        ordering: ClassVar = ["item", "sheet", "position", "pk"]

    def __str__(self) -> str:
        """Show piece and item."""
        return f"{self.piece} > {self.item}"


class ReturnUse(OfficeOwned, TakenBack):
    """A piece is used in a return that another system collects (ใช้ในรายงานใดบ้าง), in one fiscal year; one tick.

    `report` is the id of an `OtherReturn` ("krs").
    """

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="return_uses")
    report = models.CharField(max_length=20)
    fiscal_year = models.PositiveSmallIntegerField()

    class Meta:
        """One standing tick a piece, return and year."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["piece", "report", "fiscal_year"],
                condition=Q(taken_back_at__isnull=True),
                name="return_use_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "report", "fiscal_year"], name="evidence_return_year")
        ]
        ordering: ClassVar = ["-fiscal_year", "report"]

    def __str__(self) -> str:
        """Show return and year."""
        return f"{self.report} {self.fiscal_year}"


class ClarityAnswer(OfficeOwned):
    """A person's answer to one point of the clarity checklist of a piece (ผลการสอบทานหลักฐาน), with the reason.

    `file_number` is the version of the file that was looked at (0: none). An answer with `reopened_at` no longer counts:
    what it spoke of has changed since, and the point is asked again.
    """

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="clarity_answers")
    criterion = models.CharField(max_length=60)
    holds = models.BooleanField()
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by = models.CharField(max_length=300)
    answered_at = models.DateTimeField()
    file_number = models.PositiveIntegerField(default=0)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The latest answer counts; there is one a point."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["piece", "criterion"], name="clarity_answer_once"),
        ]

    def __str__(self) -> str:
        """Show the point and the answer."""
        return f"{self.criterion}: {self.holds}"


class ReviewTask(OfficeOwned):
    """Who is asked to review a piece (ผู้สอบทานหลักฐาน), by whom and by when; one a piece."""

    piece = models.OneToOneField(Piece, on_delete=models.CASCADE, related_name="review_task")
    reviewer_id = models.BigIntegerField()
    reviewer = models.CharField(max_length=300)
    due_on = models.DateField(_("Please review by"), null=True, blank=True)
    assigned_by = models.CharField(max_length=300)
    assigned_at = models.DateTimeField()

    class Meta:
        """Read by reviewer."""

        indexes: ClassVar = [
            models.Index(fields=["office", "reviewer_id"], name="evidence_reviewer")
        ]

    def __str__(self) -> str:
        """Show piece and reviewer."""
        return f"{self.piece} > {self.reviewer}"


class Printout(OfficeOwned):
    """A paper printed from a record, to be signed and scanned back (เอกสารที่พิมพ์ออก). Its `code` stands in its QR.

    `about` points at the record; `sha256` is the digest of the electronic file, empty where none was kept. `signed` is the
    piece that holds the scan. `authority` says which copy counts: the signed paper once its scan is here, until a leader
    says otherwise with a reason. `withdrawn_at`: since then the paper counts no more, and whoever scans its QR is told; None
    while it stands.
    """

    class Authority(models.TextChoices):
        """Which copy counts."""

        ELECTRONIC = "electronic", _("Electronic copy")
        PAPER = "paper", _("Signed paper")

    code = models.CharField(max_length=16, unique=True)
    about = models.CharField(max_length=120)
    title = models.CharField(_("Title"), max_length=500)
    kind = models.CharField(_("Kind of evidence"), max_length=60)
    sha256 = models.CharField(max_length=64, blank=True)
    printed_by_id = models.BigIntegerField(null=True, blank=True)
    printed_by = models.CharField(max_length=300, blank=True)
    printed_at = models.DateTimeField()
    signed = models.ForeignKey(
        Piece, on_delete=models.PROTECT, null=True, blank=True, related_name="printouts"
    )
    authority = models.CharField(
        max_length=12, choices=Authority.choices, default=Authority.ELECTRONIC
    )
    authority_because = models.CharField(max_length=500, blank=True)
    authority_by = models.CharField(max_length=300, blank=True)
    authority_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Read by record, newest first."""

        indexes: ClassVar = [
            models.Index(fields=["office", "about"], name="evidence_paper_about"),
            models.Index(fields=["office", "-printed_at"], name="evidence_paper_day"),
        ]

    def __str__(self) -> str:
        """Show its title."""
        return self.title
