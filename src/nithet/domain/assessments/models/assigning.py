"""Who works on which item, by when."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.assessments.models.rounds import Round
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class ItemAssignment(OfficeOwned, TakenBack):
    """An item of a round given to a person or a group (มอบหมาย), with the day on which it should be ready.

    `user_id` is the account of a person, None where a group is named; `title` the words shown.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="assignments")
    item = models.CharField(max_length=40)
    user_id = models.BigIntegerField(null=True, blank=True)
    title = models.CharField(_("Responsible"), max_length=200)
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A person or group stands once at an item."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "item", "title"],
                condition=Q(taken_back_at__isnull=True),
                name="item_assigned_once",
            ),
        ]
        ordering: ClassVar = ["item", "pk"]

    def __str__(self) -> str:
        """Show who and what."""
        return f"{self.item} · {self.title}"

    def is_overdue_on(self, day: date) -> bool:
        """Say whether its day has passed; whether the item is ready is not known here."""
        return self.due_on is not None and self.due_on < day
