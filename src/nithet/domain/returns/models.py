"""Imports of old returns, issued returns, and edited files that came back."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.models.signing import SignOff
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class ReturnImport(OfficeOwned):
    """An old return that was read (การนำเข้าแบบรายงาน): its file by hash, what was found, and what a person decided.

    `document` is what was read, `found` what `read-return --json` says of it, flags included. `not_reproduced` lists,
    once confirmed, what the return built from the records says otherwise than the file; empty when nothing.
    """

    class State(models.TextChoices):
        """Proposed to a person, then confirmed or dropped."""

        PROPOSED = "proposed", _("Waiting for a person")
        CONFIRMED = "confirmed", _("Confirmed")
        DROPPED = "dropped", _("Dropped")

    fiscal_year = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    file_size = models.BigIntegerField()
    document = models.JSONField()
    found = models.JSONField()
    not_reproduced = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PROPOSED)
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="returns_imports"
    )
    brought_at = models.DateTimeField()
    brought_by = models.CharField(max_length=300)

    class Meta:
        """The same file of the same year is imported once, unless it was dropped."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "fiscal_year", "file_sha256"],
                condition=~models.Q(state="dropped"),
                name="return_import_once",
            ),
        ]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show the file's name."""
        return self.file_name


class Proposal(OfficeOwned):
    """One record that the reader proposes (ข้อเสนอจากการอ่านไฟล์); a person accepts or drops it.

    `key` names it among the proposals of its file, `needs` the ones without which it cannot be. `record` points at what
    was made of it ("plans.project:5"); empty until then, and where nothing of its own was made.
    """

    class State(models.TextChoices):
        """What a person decided."""

        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        DROPPED = "dropped", _("Dropped")

    source = models.ForeignKey(ReturnImport, on_delete=models.CASCADE, related_name="proposals")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    needs = models.JSONField(default=list)
    summary = models.CharField(max_length=500)
    payload = models.JSONField()
    line = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    record = models.CharField(max_length=120, blank=True)

    class Meta:
        """Shown in order; a key stands once in a file."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key"], name="proposal_key_once"),
        ]
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show what is proposed."""
        return self.summary


class PrintedWords(OfficeOwned):
    """Words of the form that a round's return prints otherwise than its edition (ถ้อยคำในแบบที่ต่างจากฉบับ).

    They come from the paper that was imported; `part` as in `rules.wording`. Empty words are not printed.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="returns_words")
    item = models.PositiveSmallIntegerField()
    sheet = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=40)
    text = models.TextField(blank=True)

    class Meta:
        """A part of a sheet is worded once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "item", "sheet", "part"], name="printed_words_once"
            ),
        ]
        ordering: ClassVar = ["item", "sheet", "part"]

    def __str__(self) -> str:
        """Show the part and its words."""
        return f"{self.item}/{self.sheet} {self.part}: {self.text[:60]}"


class IssuedReturn(OfficeOwned):
    """A return as it was issued (แบบรายงานที่ออกแล้ว): numbered, frozen with its files; never rendered again.

    A correction is a new issue that supersedes this one. `sequence` counts what the office has issued of that issue and
    year, from 1. `sign_off` is the signature that stood on it; None: no declared level was signed. `content_digest` is
    the SHA-256 of the canonical JSON of `frozen`.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="returns_issued")
    number = models.CharField(_("Document number"), max_length=80)
    sequence = models.PositiveIntegerField()
    document = models.JSONField()
    judgement = models.JSONField()
    sign_off = models.ForeignKey(
        SignOff, on_delete=models.PROTECT, null=True, blank=True, related_name="returns_issued"
    )
    content_digest = models.CharField(max_length=64)
    docx_sha256 = models.CharField(max_length=64)
    docx_size = models.BigIntegerField()
    pdf_sha256 = models.CharField(max_length=64)
    pdf_size = models.BigIntegerField()
    token = models.CharField(max_length=40, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=300)
    request_key = models.CharField(max_length=64)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        """A number is given once; the same request issues once, however often it is sent."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "number"], name="issued_number_once"),
            models.UniqueConstraint(fields=["round", "sequence"], name="issued_sequence_once"),
            models.UniqueConstraint(fields=["round", "request_key"], name="issued_request_once"),
        ]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show the number."""
        return self.number

    @property
    def frozen(self) -> dict[str, object]:
        """Return what the content digest is taken of."""
        return {
            "number": self.number,
            "document": self.document,
            "judgement": self.judgement,
            "issued_at": self.issued_at,
            "issued_by": self.issued_by,
            "token": self.token,
        }


class SentMark(OfficeOwned, TakenBack):
    """An issued return was handed in to a central system (ส่งแล้วเมื่อ … เลขที่ …). `number` is what that system gave back."""

    class System(models.TextChoices):
        """Where returns are handed in."""

        EMES = "emes", _("e-MES")
        KRS = "krs", _("KRS/ARS")
        EMENSCR = "emenscr", _("eMENSCR")
        PAPER = "paper", _("On paper, by letter")
        OTHER = "other", _("Another system")

    issued = models.ForeignKey(IssuedReturn, on_delete=models.PROTECT, related_name="sent_marks")
    system = models.CharField(_("System"), max_length=10, choices=System.choices)
    sent_on = models.DateField(_("Sent on"))
    number = models.CharField(_("Number of receipt"), max_length=80, blank=True)
    sent_by = models.CharField(max_length=300)

    class Meta:
        """Newest first; a return is handed in to a system once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["issued", "system"],
                condition=models.Q(taken_back_at__isnull=True) & ~models.Q(system="other"),
                name="sent_mark_once",
            ),
        ]
        ordering: ClassVar = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        """Show the return and the system."""
        return f"{self.issued} > {self.get_system_display()}"


class EditedFile(OfficeOwned):
    """A Word file that went out, was edited and came back (ฉบับแก้ไขจาก Word), with each difference."""

    class State(models.TextChoices):
        """Differences are decided one by one; the file is done when none is open."""

        OPEN = "open", _("Differences to decide")
        DONE = "done", _("Decided")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="returns_edited")
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    file_size = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    brought_by = models.CharField(max_length=300)
    brought_at = models.DateTimeField()

    class Meta:
        """Newest first; the same file waits for decisions once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "file_sha256"],
                condition=models.Q(state="open"),
                name="edited_file_open_once",
            ),
        ]
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show the file's name."""
        return self.file_name


class EditedParagraph(OfficeOwned):
    """One difference between the records and an edited file (ย่อหน้าที่เปลี่ยน).

    `place` says where it stands and which record holds it. `figures` lists what was changed by hand:
    {"before", "after", "records": references that give the value before}. `can_take` is False for words of the form and
    for what is removed at its record; `record` points at what taking it over has changed.
    """

    class Kind(models.TextChoices):
        """What happened to the paragraph."""

        CHANGED = "changed", _("Changed")
        ADDED = "added", _("Added")
        REMOVED = "removed", _("Removed")
        FORM = "form", _("Words of the form itself")

    class Decision(models.TextChoices):
        """What the office decided."""

        OPEN = "open", _("Open")
        TAKEN = "taken", _("Taken over")
        KEPT = "kept", _("Kept as it was")

    file = models.ForeignKey(EditedFile, on_delete=models.CASCADE, related_name="paragraphs")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    item = models.CharField(max_length=40, blank=True)
    column = models.CharField(max_length=20)
    place = models.JSONField(default=dict)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    figures = models.JSONField(default=list)
    can_take = models.BooleanField(default=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decided_by = models.CharField(max_length=300, blank=True)
    record = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        """Shown in the order of the form."""

        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its kind and first words."""
        return f"{self.kind}: {(self.after or self.before)[:60]}"

    @property
    def why_not(self) -> str:
        """Return, in the reader's language, why it cannot be taken over; empty where it can."""
        return gettext(self.why_not_message) if not self.can_take else ""

    @property
    def why_not_message(self) -> str:
        """Return the reason as an English message id."""
        if self.kind == self.Kind.FORM:
            return gettext_noop(
                "These words belong to the form. They stay as the edition has them."
            )
        if self.column == "levels":
            return gettext_noop(
                "The declared level has been signed; a tick in a file does not change it."
            )
        return gettext_noop("This is changed at the record itself, where its other uses are seen.")
