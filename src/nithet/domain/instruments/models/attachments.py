"""Files that came with submissions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.tenancy.models import OfficeOwned


class SubmissionAttachment(OfficeOwned):
    """A photo, sound, drawing or file of a submission (ไฟล์แนบ), kept to the letter under its digest.

    `name` is as the answers write it. It is shown to nobody before its content was checked (`state`); `media_type` is by
    content, "" until then. Another file under a name that is taken is kept too, as `is_spare`.
    """

    class State(models.TextChoices):
        """Whether it may be shown."""

        UNCHECKED = "unchecked", _("Not checked yet")
        GOOD = "good", _("Checked")
        REFUSED = "refused", _("Kept, but not shown")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=250)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNCHECKED)
    problem = models.CharField(max_length=500, blank=True)
    is_spare = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        """One file a name that answers point at; the same file once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "name", "sha256"], name="submission_attachment_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["office", "id"],
                condition=models.Q(state="unchecked"),
                name="attachment_unchecked",
            ),
        ]
        ordering: ClassVar = ["submission", "name", "pk"]

    def __str__(self) -> str:
        """Show its name."""
        return self.name
