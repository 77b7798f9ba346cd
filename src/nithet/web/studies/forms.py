"""What is typed on the pages of studies and of one's own work."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nithet.domain.supervision.models.studies import StudyMeasure, WorkEntry
from nithet.domain.supervision.rules.study_values import Row, rows_pasted
from nithet.foundation.ui.fields import BuddhistDateField
from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel.errors import RuleBroken
from nithet.kernel.numerals import to_arabic
from nithet.web.shared.versioned import Versioned

Choices = Sequence[tuple[str, Any]]
LONG = 8000


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


def _link(label: Any) -> forms.URLField:
    return forms.URLField(label=label, required=False, max_length=500, assume_scheme="https")


class FiscalYearField(forms.CharField):
    """A fiscal year in the Buddhist era, any digits."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask for four digits."""
        kwargs.setdefault("label", _("Fiscal year (B.E.)"))
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(min_length=4, max_length=4, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> int:
        """Read the year."""
        text = to_arabic(str(super().clean(value)))
        if not text.isdecimal() or not 2500 <= int(text) <= 2700:
            raise ValidationError(_("Write the fiscal year in the Buddhist era."), "year")
        return int(text)


class StudyForm(forms.Form):
    """A study to open; the rest is written when it is known."""

    title = forms.CharField(label=_("Title of the study"), max_length=400, widget=_rows(2))
    fiscal_year = FiscalYearField()
    problem = forms.CharField(
        label=_("Problem and where it shows"), max_length=LONG, widget=_rows(4)
    )
    aims = forms.CharField(label=_("Aims"), required=False, max_length=LONG, widget=_rows(3))
    innovation = forms.CharField(
        label=_("What is developed"), required=False, max_length=LONG, widget=_rows(3)
    )
    group = forms.CharField(
        label=_("Who takes part"),
        required=False,
        max_length=LONG,
        widget=_rows(2),
        help_text=_("Schools, classes, how many teachers. No names of teachers or pupils."),
    )


class StudyEditForm(StudyForm, Versioned):
    """A study that is there, with what came of it."""

    owner_title = forms.CharField(label=_("Led by"), max_length=200)
    findings = forms.CharField(
        label=_("Result and discussion"), required=False, max_length=LONG, widget=_rows(5)
    )
    suggestions = forms.CharField(
        label=_("Suggestions"), required=False, max_length=LONG, widget=_rows(3)
    )


class PublishForm(Versioned):
    """Where a study is published."""

    published_on = BuddhistDateField(label=_("Published on"))
    where = forms.CharField(
        label=_("Where it is published"),
        max_length=300,
        help_text=_("A journal, a meeting, the office's site."),
    )
    link = _link(_("Link to it"))


class ReasonForm(forms.Form):
    """Why something is taken back or opened again."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=_rows(2))


class ReopenForm(ReasonForm, Versioned):
    """Why a published study is opened again."""


class CycleForm(forms.Form):
    """A cycle: problem, design, try, evaluate, and what changes next."""

    starts_on = BuddhistDateField(label=_("From"), required=False)
    ends_on = BuddhistDateField(label=_("Until"), required=False)
    problem = forms.CharField(
        label=_("Problem of this cycle"), required=False, max_length=LONG, widget=_rows(2)
    )
    design = forms.CharField(
        label=_("Design: what will be tried"), max_length=LONG, widget=_rows(3)
    )
    tried = forms.CharField(
        label=_("Try: what was done"), required=False, max_length=LONG, widget=_rows(3)
    )
    evaluated = forms.CharField(
        label=_("Evaluate: what was found"), required=False, max_length=LONG, widget=_rows(3)
    )
    changed = forms.CharField(
        label=_("What changes in the next cycle"), required=False, max_length=LONG, widget=_rows(2)
    )
    visits = forms.MultipleChoiceField(
        label=_("Visits of this cycle"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, visits: Choices = (), **kwargs: Any) -> None:
        """Offer the visits that were done in the time of the study."""
        super().__init__(*args, **kwargs)
        self.fields["visits"].choices = list(visits)  # type: ignore[attr-defined]


class CycleEditForm(CycleForm, Versioned):
    """A cycle that is there."""


class MeasureForm(forms.Form):
    """What was measured; its values stand in a table below, or are pasted."""

    title = forms.CharField(
        label=_("What is measured"),
        max_length=300,
        help_text=_("For example: skill in leading reading activities."),
    )
    unit = forms.CharField(label=_("Unit or scale"), required=False, max_length=100)
    design = forms.ChoiceField(
        label=_("Before and after"),
        choices=StudyMeasure.Design.choices,
        widget=forms.RadioSelect,
        initial=StudyMeasure.Design.PAIRED,
    )
    of = forms.ChoiceField(label=_("A row is"), choices=StudyMeasure.Of.choices)
    more_is_better = forms.BooleanField(label=_("More is better"), required=False, initial=True)
    source = forms.CharField(
        label=_("Source of the values"),
        required=False,
        max_length=300,
        help_text=_("Which form or test, and when."),
    )
    pasted = forms.CharField(
        label=_("Paste from Excel"),
        required=False,
        max_length=60_000,
        widget=_rows(4),
        help_text=_(
            "Three columns: code, before, after. Write codes such as “Teacher 01”, never names. What is pasted is added to the table."
        ),
    )

    def clean_pasted(self) -> list[Row]:
        """Read the lines."""
        try:
            return rows_pasted(self.cleaned_data["pasted"])
        except RuleBroken as error:
            raise ValidationError(told(error), "line") from None


class MeasureEditForm(MeasureForm, Versioned):
    """What was measured and is there."""


class DrawForm(forms.Form):
    """Which results of which form become the values before and after."""

    item = forms.ChoiceField(label=_("Item of a form"))
    before = forms.ChoiceField(label=_("Before: time"))
    after = forms.ChoiceField(label=_("After: time"))

    def __init__(self, *args: Any, items: Choices = (), times: Choices = (), **kwargs: Any) -> None:
        """Offer the items of the forms that have results, and years and semesters."""
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = list(items)  # type: ignore[attr-defined]
        for name in ("before", "after"):
            self.fields[name].choices = list(times)  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """Something of one's own development."""

    kind = forms.ChoiceField(label=_("Kind"), choices=WorkEntry.Kind.choices)
    title = forms.CharField(label=_("What it was about"), max_length=300)
    starts_on = BuddhistDateField(label=_("From"))
    ends_on = BuddhistDateField(label=_("Until"), required=False)
    hours = forms.CharField(
        label=_("Hours"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    with_whom = forms.CharField(label=_("Organiser or mentor"), required=False, max_length=200)
    used_for = forms.CharField(
        label=_("What it was used for"), required=False, max_length=500, widget=_rows(2)
    )
    link = _link(_("Link to evidence"))

    def clean_hours(self) -> Decimal | None:
        """Read the hours."""
        text = to_arabic(self.cleaned_data["hours"]).replace(",", "").strip()
        if not text:
            return None
        whole, _dot, part = text.partition(".")
        if not (whole.isascii() and whole.isdecimal() and len(whole) <= 4):
            raise ValidationError(_("Write the hours in digits, for example 6 or 1.5."), "hours")
        if part and not (part.isascii() and part.isdecimal() and len(part) <= 2):
            raise ValidationError(_("Write the hours in digits, for example 6 or 1.5."), "hours")
        return Decimal(f"{whole}.{part or '0'}")


class EntryEditForm(EntryForm, Versioned):
    """An entry that is there."""


class PeriodForm(forms.Form):
    """The round of assessment that a page of work tells of."""

    start = BuddhistDateField(label=_("From"))
    end = BuddhistDateField(label=_("Until"))

    def clean(self) -> dict[str, Any]:
        """Refuse a time that runs backwards or is longer than three years."""
        given = super().clean() or self.cleaned_data
        start, end = given.get("start"), given.get("end")
        if start and end and end < start:
            self.add_error("end", _("The end lies before the beginning."))
        elif start and end and (end - start).days > 3 * 366:
            self.add_error("end", _("Choose at most three years."))
        return given


class ShareForm(forms.Form):
    """To whom one's page is opened."""

    reader = forms.ChoiceField(label=_("Person of the office"))

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        """Offer the people of the office."""
        super().__init__(*args, **kwargs)
        self.fields["reader"].choices = [("", _("Please choose")), *people]  # type: ignore[attr-defined]
