"""What people say to one another about an item or a paragraph."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Comment(OfficeOwned, TakenBack):
    """A comment (ข้อคิดเห็น) on an item or on one of its paragraphs; an answer names the comment that began the thread.

    `resolved_at` stands on the comment that began a thread: it is settled.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="comments")
    item = models.CharField(max_length=40)
    paragraph = models.ForeignKey(
        NarrativeParagraph,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
    )
    answers = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="answered_by"
    )
    text = models.CharField(_("Comment"), max_length=2000)
    said_by = models.CharField(max_length=300)
    for_user_id = models.BigIntegerField(null=True, blank=True)
    for_title = models.CharField(max_length=200, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=300, blank=True)

    class Meta:
        """In the order in which they were said."""

        indexes: ClassVar = [models.Index(fields=["round", "item"])]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.text[:80]
