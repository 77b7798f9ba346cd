"""What the school says of a visit: it reads, answers in its own words, signs, and says what it thinks of the help."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.tenancy.models import OfficeOwned


class SchoolAnswer(OfficeOwned):
    """The school's side of one visit (คำตอบของโรงเรียน).

    `signed_digest` is the digest of what was signed: where the record has another one by now, it was corrected after the
    signature, and the page says so. `way` is how it was signed; `signature_ref` the piece of evidence that holds a
    signature drawn on a screen, "" where there is none.
    """

    class Way(models.TextChoices):
        """How it was signed."""

        ACCOUNT = "account", _("With the account of the school")
        LINK = "link", _("By the link on the slip")
        SCREEN = "screen", _("On the visitor's screen")

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="school_answer")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=300, blank=True)
    words = models.TextField(_("Answer of the school"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(_("Signed by"), max_length=300, blank=True)
    signed_by_id = models.BigIntegerField(null=True, blank=True)
    signed_digest = models.CharField(max_length=64, blank=True)
    signature_ref = models.CharField(max_length=160, blank=True)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        """Show the school."""
        return f"{self.visit}"


class SchoolAnswerVersion(OfficeOwned):
    """An answer of a school as it stood before the school changed it: who had said it, and when; never changed.

    `number` counts from 1, so that the answer that stands now has the number after the last of these.
    """

    answer = models.ForeignKey(SchoolAnswer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    words = models.TextField(max_length=4000)
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=300, blank=True)
    replaced_at = models.DateTimeField()

    class Meta:
        """Numbered as the answer was; the newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "number"], name="school_answer_version_once"),
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        """Show which."""
        return f"{self.answer} {self.number}"


class VisitOpinion(OfficeOwned):
    """What a school thinks of one visit, by three questions; told to the office only as n of N over many visits."""

    class Says(models.TextChoices):
        """The three answers."""

        YES = "yes", _("Agree")
        PARTLY = "partly", _("Agree in part")
        NO = "no", _("Do not agree")

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="opinion")
    fitted_need = models.CharField(
        _("The visit answered what our school needs"), max_length=8, choices=Says.choices
    )
    gave_way = models.CharField(
        _("We know what to do next, and how"), max_length=8, choices=Says.choices
    )
    helped_kindly = models.CharField(
        _("It was help between colleagues, not an inspection"),
        max_length=8,
        choices=Says.choices,
    )
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show the day."""
        return f"{self.said_at:%Y-%m-%d}"


class SchoolLink(OfficeOwned):
    """The word of the address by which the school of a visit reads and signs without an account; it stands on the slip.

    `code` opens this one visit until `expires_at`; a revoked one opens nothing.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="school_links")
    code = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show the school."""
        return f"{self.visit}"
