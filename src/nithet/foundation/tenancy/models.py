"""Units and what belongs to an office."""

from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.foundation.tenancy.fields import SortKeyField
from nithet.foundation.tenancy.scope import required_office_id
from nithet.foundation.thai_text.forms import sort_key


class Unit(models.Model):
    """A place in the organisation (หน่วยงาน): an area office, a network of schools or a school, with its dates.

    Roles, owned rows and audit point here, so that no key ever points up to `directory`. An office is its own root
    (`office` is empty); every other unit names its office.
    """

    class Kind(models.TextChoices):
        """The three kinds, from the top."""

        OFFICE = "office", _("Area office")
        NETWORK = "network", _("School network")
        SCHOOL = "school", _("School")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(_("Full name"), max_length=250)
    name_key = SortKeyField("name")
    short_name = models.CharField(_("Short name"), max_length=120, blank=True)
    code = models.CharField(_("Code"), max_length=40, blank=True)
    office = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        """An office stands alone, everything else stands in one."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="office", office__isnull=True) | (~Q(kind="office") & Q(office__isnull=False)),
                name="unit_office_is_its_own_root",
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(kind="office"), name="unit_office_name_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "kind", "name"]),
            models.Index(fields=["office", "kind", "name_key"]),
        ]

    def __str__(self) -> str:
        """Show the short name where there is one."""
        return self.short_name or self.name

    def save(self, *args: Any, **options: Any) -> None:
        """Save; a new name brings its sort key."""
        if (fields := options.get("update_fields")) and "name" in fields:
            options["update_fields"] = {*fields, "name_key"}
        super().save(*args, **options)

    def rename(self, name: str) -> None:
        """Give the unit another name with its sort key, for a write that names its fields."""
        self.name = name
        self.name_key = sort_key(name)

    @property
    def root_id(self) -> int:
        """Return the id of the office this unit stands in (its own for an office)."""
        return self.office_id or self.pk

    def is_open_on(self, day: date) -> bool:
        """Say whether the unit exists on a day; an empty date means no limit on that side."""
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day <= self.ends_on
        )


class OfficeSettings(models.Model):
    """What one office has chosen for itself (การตั้งค่าของเขต)."""

    class Numerals(models.TextChoices):
        """The digits that screens and papers show; one kind a view."""

        ARABIC = "arabic", _("Arabic (0-9)")
        THAI = "thai", _("Thai (๐-๙)")

    office = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="settings")
    numerals = models.CharField(max_length=10, choices=Numerals.choices, default=Numerals.ARABIC)
    is_example = models.BooleanField(default=False, help_text=_("Shown with the badge for example data"))
    # A re-encoded PNG in the file store, by its digest; "" where the office has none.
    logo_sha256 = models.CharField(max_length=64, blank=True)
    letter_prefix = models.CharField(_("Code before the number of letters"), max_length=40, blank=True)
    help_phone = models.CharField(_("Telephone for help"), max_length=60, blank=True)
    help_contact = models.CharField(_("Who answers"), max_length=200, blank=True)
    # Scheme and host alone ("https://nithet.example.go.th"); "" uses what the installation is told by NITHET_ORIGINS.
    public_address = models.CharField(_("Public address"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        """Name the office."""
        return f"{self.office}"


class NumberSeries(models.Model):
    """The last number that an office has given in a series of a year (ทะเบียนเลขที่): letters out, orders, memos."""

    office = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """One counter a series and year (พ.ศ.)."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "series", "year"], name="number_series_once"),
        ]

    def __str__(self) -> str:
        """Show where it stands."""
        return f"{self.series} {self.last}/{self.year}"


M = TypeVar("M", bound=models.Model, covariant=True)


class OfficeOwnedQuerySet(models.QuerySet[M]):
    """Rows of the office in scope."""

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Insert many rows at once, each of the office in scope (bulk inserts send no save signal)."""
        rows = list(objs)
        office_id = required_office_id()
        if office_id is not None and any(row.office_id != office_id for row in rows):
            raise ValueError("a row of another office was about to be written")
        return super().bulk_create(rows, *args, **kwargs)


class OfficeOwnedManager(models.Manager[M]):
    """Refuses to work outside a scope; inside one it sees that office's rows alone."""

    def get_queryset(self) -> OfficeOwnedQuerySet[M]:
        """Return the rows of the office in scope (of all offices inside `unscoped`)."""
        office_id = required_office_id()
        rows: OfficeOwnedQuerySet[M] = OfficeOwnedQuerySet(self.model, using=self._db)
        return rows if office_id is None else rows.filter(office_id=office_id)


class OfficeOwned(models.Model):
    """A row that belongs to one office. Its default manager fails closed; following a foreign key stays plain."""

    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    objects = OfficeOwnedManager()

    class Meta:
        """Abstract."""

        abstract = True

    @classmethod
    def owned_by(cls, office_id: int, **fields: Any) -> Self:
        """Make an unsaved row of an office."""
        return cls(office_id=office_id, **fields)
