"""Calendars that a telephone or a computer reads by itself."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.foundation.tenancy.models import OfficeOwned
from nithet.kernel import clock


class CalendarFeed(OfficeOwned):
    """An address under which a calendar of visits is read without a password: of a person, a school, or the whole office.

    Of the word in the address only its digest is kept, so it is shown once; a new word ends the old one.
    """

    class Kind(models.TextChoices):
        """Whose visits are in it."""

        PERSON = "person", _("One person's visits")
        SCHOOL = "school", _("Visits to one school")
        OFFICE = "office", _("Every visit of the office")

    kind = models.CharField(_("Which visits"), max_length=10, choices=Kind.choices)
    user_id = models.BigIntegerField(null=True, blank=True)
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_feeds"
    )
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=300)
    made_by_id = models.BigIntegerField(null=True, blank=True)
    renewed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A person's names the person, a school's the school, the office's neither."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="person", user_id__isnull=False, school__isnull=True)
                | Q(kind="school", user_id__isnull=True, school__isnull=False)
                | Q(kind="office", user_id__isnull=True, school__isnull=True),
                name="calendar_feed_says_whose",
            ),
        ]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        """Show whose it is."""
        return f"{self.get_kind_display()}{f' · {self.school}' if self.school else ''}"
