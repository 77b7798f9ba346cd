"""Schools and their networks."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned, Unit


class Network(OfficeOwned):
    """A network of schools (กลุ่มเครือข่ายโรงเรียน; สหวิทยาเขต in a secondary office)."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="directory_network")

    def __str__(self) -> str:
        """Show its name."""
        return str(self.unit)


class School(OfficeOwned):
    """A school under the office (สถานศึกษา). Codes are text: leading zeros count; those beside SMIS are `SchoolCode` rows.

    An empty fact is not known, which is not the same as no. `levels` are codes of `rules.levels` in their order. Coordinates
    are WGS 84 in degrees. `source` says where the row comes from; an example school is marked and never mixed up with a real
    one. A school that was closed keeps its row: its unit has an end.
    """

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="directory_school")
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, null=True, blank=True, related_name="schools"
    )

    class Head(models.TextChoices):
        """Whether the school has a head (ผู้บริหารสถานศึกษา)."""

        PRESENT = "present", _("In post")
        VACANT = "vacant", _("Vacant")
        ACTING = "acting", _("Vacant, somebody acts")

    class Connectivity(models.TextChoices):
        """How the school reaches the internet."""

        NONE = "none", _("No connection")
        MOBILE = "mobile", _("Mobile network")
        BROADBAND = "broadband", _("Broadband")

    smis_code = models.CharField(_("SMIS code"), max_length=8, blank=True)
    province = models.CharField(_("Province"), max_length=80, blank=True)
    district = models.CharField(_("District"), max_length=80, blank=True)
    subdistrict = models.CharField(_("Subdistrict"), max_length=80, blank=True)
    latitude = models.DecimalField(
        _("Latitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("Longitude"), max_digits=9, decimal_places=6, null=True, blank=True
    )
    levels = models.JSONField(_("Levels offered"), default=list, blank=True)
    head_status = models.CharField(
        _("School head"), max_length=10, choices=Head.choices, blank=True
    )
    acting_order = models.CharField(_("Order of the acting head"), max_length=120, blank=True)
    telephone = models.CharField(_("Telephone"), max_length=80, blank=True)
    connectivity = models.CharField(
        _("Internet"), max_length=10, choices=Connectivity.choices, blank=True
    )
    office_computers = models.PositiveSmallIntegerField(
        _("Computers for administration"), null=True, blank=True
    )
    has_dltv = models.BooleanField(_("DLTV set"), null=True, blank=True)
    has_meeting_camera = models.BooleanField(_("Camera for meetings"), null=True, blank=True)
    telephone_answers = models.BooleanField(_("Telephone that is answered"), null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One school a code in an office."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "smis_code"], condition=~Q(smis_code=""), name="school_code_once"
            ),
        ]

    def __str__(self) -> str:
        """Show its name."""
        return self.unit.name

    @property
    def name(self) -> str:
        """Return the name as the office writes it in lists."""
        return self.unit.name

    @property
    def code(self) -> str:
        """Return the code by which the office's lists know the school: SMIS, else the first that was given; may be empty."""
        return self.smis_code or self.unit.code


class SchoolCode(OfficeOwned):
    """A code of a school beside SMIS, as text (รหัสกระทรวง 10 หลัก, รหัส สมศ., รหัสอื่นของเขต)."""

    class Kind(models.TextChoices):
        """Whose code it is."""

        MOE = "moe", _("Ministry of Education code (10 digits)")
        ONESQA = "onesqa", _("ONESQA code")
        OTHER = "other", _("Other code")

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="codes")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    code = models.CharField(_("Code"), max_length=20)

    class Meta:
        """One school a code, one code of a kind a school."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "kind", "code"], name="school_code_of_kind_once"
            ),
            models.UniqueConstraint(fields=["school", "kind"], name="school_has_one_code_of_kind"),
        ]

    def __str__(self) -> str:
        """Show the code."""
        return self.code


class NetworkChair(OfficeOwned, TakenBack):
    """Which school's head chairs a network in an academic year (ประธานเครือข่าย)."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="chairs")
    academic_year = models.PositiveSmallIntegerField(_("Academic year"))
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    order_number = models.CharField(_("Number of the order"), max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One chair a year."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "academic_year"],
                condition=Q(taken_back_at__isnull=True),
                name="network_chair_once_a_year",
            ),
        ]

    def __str__(self) -> str:
        """Show the network and the year."""
        return f"{self.network} {self.academic_year}"
