"""Notices."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from nithet.foundation.tenancy.models import OfficeOwned


class Notice(OfficeOwned):
    """One thing that one person is told (การแจ้งเตือน).

    `ref` is the record it is about as references write it ("plans.project:5"), empty where there is none; `same` says which
    notices are the same thing told again; `read_at` is empty while it is unread.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    ref = models.CharField(max_length=160, blank=True)
    same = models.CharField(max_length=160)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The same thing stands once while it is unread; read by person, newest first."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "user", "kind", "same"],
                condition=Q(read_at__isnull=True),
                name="notice_unread_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "user", "-made_at"])]

    def __str__(self) -> str:
        """Name the kind and what it is about."""
        return f"{self.kind} {self.ref}".strip()
