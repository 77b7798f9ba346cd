"""What is counted of a school on a day: pupils, rooms, staff; and its results in national tests."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import School
from nithet.foundation.actions.taking_back import TakenBack
from nithet.foundation.tenancy.models import OfficeOwned


class Census(OfficeOwned, TakenBack):
    """The figures of a school as at a day (ข้อมูล ณ วันที่), one a school and day, with their source.

    `pupils` is the whole; `pupils_by_level` maps level codes of `rules.levels` to pupils and may be empty. `teachers` are those
    present, `teachers_entitled` what the rule of the personnel committee grants, `teachers_on_major` those who teach what they
    studied. An empty figure is not known, which is not zero; a school may truly have zero pupils.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="censuses")
    as_at = models.DateField(_("As at"))
    pupils = models.PositiveIntegerField(_("Pupils"), null=True, blank=True)
    pupils_by_level = models.JSONField(_("Pupils by level"), default=dict, blank=True)
    rooms = models.PositiveSmallIntegerField(_("Classes"), null=True, blank=True)
    teachers = models.PositiveSmallIntegerField(_("Teachers present"), null=True, blank=True)
    teachers_entitled = models.PositiveSmallIntegerField(
        _("Teachers entitled"), null=True, blank=True
    )
    teacher_per_class = models.BooleanField(_("A teacher for each class"), null=True, blank=True)
    teachers_on_major = models.PositiveSmallIntegerField(
        _("Teachers on their major"), null=True, blank=True
    )
    janitors = models.PositiveSmallIntegerField(_("Janitors"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One that stands a school and day."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "as_at"],
                condition=Q(taken_back_at__isnull=True),
                name="census_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        """Show the school and the number of pupils."""
        return f"{self.school}: {'–' if self.pupils is None else self.pupils}"


class TestResult(OfficeOwned, TakenBack):
    """A school's mean in a national test (ผลการทดสอบระดับชาติ) with the number of pupils tested.

    The number is always kept: taking part is voluntary, and a mean of three pupils says little.
    """

    __test__ = False  # not a test of pytest's

    class Test(models.TextChoices):
        """The tests, with the class they are for."""

        RT_P1 = "rt_p1", _("RT, grade 1")
        NT_P3 = "nt_p3", _("NT, grade 3")
        ONET_P6 = "onet_p6", _("O-NET, grade 6")
        ONET_M3 = "onet_m3", _("O-NET, grade 9")
        ONET_M6 = "onet_m6", _("O-NET, grade 12")

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="test_results")
    test = models.CharField(_("Test"), max_length=10, choices=Test.choices)
    academic_year = models.PositiveSmallIntegerField(_("Academic year"))
    subject = models.CharField(_("Subject"), max_length=80)
    tested = models.PositiveIntegerField(_("Pupils tested"))
    mean = models.DecimalField(_("Mean score"), max_digits=6, decimal_places=2)
    full_marks = models.PositiveSmallIntegerField(_("Full marks"), default=100)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One result a school, test, year and subject."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["school", "test", "academic_year", "subject"],
                condition=Q(taken_back_at__isnull=True),
                name="test_result_once",
            ),
        ]

    def __str__(self) -> str:
        """Show the test, the year and the subject."""
        return f"{self.get_test_display()} {self.academic_year} {self.subject}"
