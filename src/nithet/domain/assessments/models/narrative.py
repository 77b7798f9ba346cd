"""What a round tells, in the author's words (คำบรรยาย)."""

from typing import ClassVar

from django.db import models

from nithet.domain.assessments.models.rounds import ItemAnswer
from nithet.foundation.tenancy.models import OfficeOwned


class NarrativeGroup(OfficeOwned):
    """One narrative of an item with the four headings (คำบรรยาย); an item has as many as it needs.

    `about` points at the project or work it tells of ("plans.project:5"); empty where it tells of the whole item.
    """

    answer = models.ForeignKey(ItemAnswer, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField(max_length=400, blank=True)
    about = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Shown in order."""

        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show the title or the place."""
        return self.title or f"{self.answer} · {self.position + 1}"


class NarrativeParagraph(OfficeOwned):
    """One paragraph of a narrative, in the author's words and with the author's mark.

    `role` and `section` are those of the return (heading, period, point, text, none stated). `sheet` is the form sheet on
    which it stands, from 0. `cites` lists the records that the words stand on ("supervision.visit:7"). `drafted`: nobody has
    accepted or edited the words yet; `origin` says who or what drafted them.
    """

    group = models.ForeignKey(NarrativeGroup, on_delete=models.CASCADE, related_name="paragraphs")
    role = models.CharField(max_length=20)
    section = models.CharField(max_length=20, blank=True)
    mark = models.CharField(max_length=20, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    sheet = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    cites = models.JSONField(default=list)
    drafted = models.BooleanField(default=False)
    origin = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Shown in order."""

        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.text[:80]


class ParagraphProposal(OfficeOwned):
    """Other words for a paragraph that a person has written or accepted: kept beside it until somebody decides."""

    paragraph = models.ForeignKey(
        NarrativeParagraph, on_delete=models.CASCADE, related_name="proposals"
    )
    text = models.TextField()
    cites = models.JSONField(default=list)
    origin = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        """Show its first words."""
        return self.text[:80]
