"""Postings and powers. Both belong to an office but are read before its scope is open (they decide it)."""

from datetime import date
from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock

M = TypeVar("M", bound=models.Model, covariant=True)


class DatedQuerySet(models.QuerySet[M]):
    """Rows that hold from a day to a day, both included; an empty end means until further notice."""

    def on(self, day: date) -> "DatedQuerySet[M]":
        """Keep the rows that hold on a day."""
        return self.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day)).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )


class Posting(models.Model):
    """A person holds a role at a unit (การดำรงตำแหน่ง/ปฏิบัติหน้าที่), from a day to a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_postings"
    )
    role = models.CharField(max_length=30, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="access_postings")
    title = models.CharField(_("Position title"), max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    # Where set, the role holds for this one record alone: a RecordRef as text, "assessments.round:5".
    limited_to = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DatedQuerySet.as_manager()

    class Meta:
        """A posting does not end before it starts."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="posting_ends_after_it_starts",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "role"])]

    def __str__(self) -> str:
        """Show the title or the role, and where."""
        return f"{self.title or self.get_role_display()} · {self.unit}"


class Power(models.Model):
    """One person acts for the holder of an office by an order, between two days."""

    class Kind(models.TextChoices):
        """รักษาราชการแทน, ปฏิบัติราชการแทน, รักษาการในตำแหน่ง: the law tells them apart, and each needs its order."""

        ACTING = "acting", _("Acting for a vacant or absent holder")
        DELEGATED = "delegated", _("Exercising a delegated power")
        IN_CHARGE = "in_charge", _("In charge of the position")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_powers"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    role = models.CharField(_("For the holder of"), max_length=30, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="access_powers")
    order_number = models.CharField(_("Number of the order"), max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DatedQuerySet.as_manager()

    class Meta:
        """A power always names its order."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(order_number=""), name="power_names_its_order"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="power_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        """Show the kind, the role and the order."""
        return f"{self.get_kind_display()} · {self.get_role_display()} ({self.order_number})"


class Invitation(models.Model):
    """A way in for one person (หนังสือเชิญเข้าใช้งาน): a link or a paper slip, good once and until a day.

    Of the token only its digest is kept. Where `user` is set the invitation gives an existing account a new password
    (ให้สิทธิ์เข้าใช้งานใหม่) and no further role.
    """

    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="access_invitations")
    role = models.CharField(max_length=30, choices=Role.choices, blank=True)
    title = models.CharField(_("Position title"), max_length=200, blank=True)
    display_name = models.CharField(_("Name shown"), max_length=200)
    # Set for a school's desk, whose user name is its code; a person chooses their own.
    username = models.CharField(_("User name"), max_length=150, blank=True)
    is_desk = models.BooleanField(default=False)
    limited_to = models.CharField(max_length=120, blank=True)
    # What the posting fills, as a RecordRef text ("directory.position:7"); "" where it fills no known position.
    fills = models.CharField(max_length=120, blank=True)
    posting_starts_on = models.DateField(null=True, blank=True)
    posting_ends_on = models.DateField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="access_invitations",
    )
    token_digest = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    made_at = models.DateTimeField(default=clock.now, editable=False)
    made_by = models.CharField(max_length=300)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Listed by office, the newest first."""

        indexes: ClassVar = [models.Index(fields=["office", "-made_at"])]

    def __str__(self) -> str:
        """Show who is invited, and as what."""
        return f"{self.display_name} · {self.title or self.get_role_display() or self.unit}"

    def is_open_on(self, day: date) -> bool:
        """Say whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and day <= self.expires_on
