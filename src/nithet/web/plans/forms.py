"""What is typed on the pages of plans."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.calendar import CalendarDay
from nithet.domain.plans.models.money import BudgetLine, PeriodKind
from nithet.domain.plans.models.project import ProjectService
from nithet.foundation.ui.fields import BuddhistDateField, FilePickWidget
from nithet.kernel.numerals import to_arabic
from nithet.kernel.periods import Period
from nithet.kernel.thai_dates import format_range
from nithet.web.plans.fields import AmountField
from nithet.web.shared.versioned import Versioned

Choices = Sequence[tuple[str, Any]]


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


class YearField(forms.CharField):
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
            raise forms.ValidationError(_("Write the fiscal year in the Buddhist era."), "year")
        return int(text)


class PlanForm(forms.Form):
    """A plan to open."""

    year = YearField()


class StrategyForm(forms.Form):
    """A strategy."""

    title = forms.CharField(label=_("Strategy"), max_length=400, widget=_rows(2))


class StrategyEditForm(StrategyForm, Versioned):
    """A strategy that is there."""


class PeriodForm(forms.Form):
    """From one day to another; one of them alone is a single day."""

    period_start = BuddhistDateField(label=_("From"), required=False)
    period_end = BuddhistDateField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a time that runs backwards."""
        given = super().clean() or self.cleaned_data
        start, end = given.get("period_start"), given.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("The end lies before the beginning."))
        return given

    @property
    def period(self) -> Period | None:
        """Return the time with its words; None where none is stated."""
        start, end = self.cleaned_data["period_start"], self.cleaned_data["period_end"]
        first, last = start or end, end or start
        return Period(first, last, format_range(first, last, "short")) if first else None


class ProjectForm(PeriodForm):
    """A project."""

    title = forms.CharField(label=_("Title of the project"), max_length=400, widget=_rows(2))
    strategy = forms.ChoiceField(label=_("Strategy"), required=False)
    objective = forms.CharField(label=_("Objective"), required=False, max_length=5000, widget=_rows(4))
    owner_title = forms.CharField(
        label=_("Responsible"),
        required=False,
        max_length=200,
        help_text=_("A group or a position, not a person's name."),
    )
    field_order = ("title", "strategy", "objective", "owner_title", "period_start", "period_end")

    def __init__(self, *args: Any, strategies: Choices = (), **kwargs: Any) -> None:
        """Offer the strategies of the plan."""
        super().__init__(*args, **kwargs)
        self.fields["strategy"].choices = [("", _("under none")), *strategies]  # type: ignore[attr-defined]


class ProjectEditForm(ProjectForm, Versioned):
    """A project that is there, with its technique and its places in other systems."""

    technique_name = forms.CharField(
        label=_("Technique"),
        required=False,
        max_length=200,
        help_text=_("The technique that it works by, for example PETCH 3 G."),
    )
    technique_document = forms.CharField(
        label=_("Document that explains the technique"), required=False, max_length=300
    )
    technique_where = forms.CharField(
        label=_("Where the technique is used"), required=False, max_length=300
    )
    kpi = forms.CharField(
        label=_("Performance indicators that it answers"), required=False, max_length=300
    )
    emenscr_code = forms.CharField(label=_("Number in eMENSCR"), required=False, max_length=60)


class ActivityForm(PeriodForm):
    """An activity."""

    title = forms.CharField(label=_("Activity"), max_length=2000, widget=_rows(2))
    kind = forms.ChoiceField(label=_("Kind of work"), choices=Activity.Kind.choices)
    owner_title = forms.CharField(label=_("Responsible"), required=False, max_length=200)
    field_order = ("title", "kind", "owner_title", "period_start", "period_end")


class ActivityEditForm(ActivityForm, Versioned):
    """An activity that is there."""


class ReportForm(Versioned):
    """How far an activity is."""

    state = forms.ChoiceField(
        label=_("How far it is"), choices=Activity.State.choices, widget=forms.RadioSelect
    )
    done_on = BuddhistDateField(
        label=_("Done on"), required=False, help_text=_("The last day, where it is done.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=_rows(2),
        help_text=_("Needed where it is called off."),
    )


class BudgetForm(forms.Form):
    """Money, goods, labour or help."""

    source_kind = forms.ChoiceField(label=_("Kind of source"), choices=BudgetLine.Source.choices)
    title = forms.CharField(label=_("What for"), required=False, max_length=300)
    planned = AmountField(label=_("Planned (baht)"), required=False)
    spent = AmountField(label=_("Spent (baht)"), required=False)
    quantity = forms.CharField(
        label=_("How much"),
        required=False,
        max_length=200,
        help_text=_("For goods, labour and cooperation without a value, for example 20 people for one day."),
    )
    figure_source = forms.CharField(
        label=_("Source of the figure"),
        required=False,
        max_length=200,
        help_text=_("Who gave the figure, for example the finance group. Needed for what was spent."),
    )
    as_at = BuddhistDateField(label=_("Figure as at"), required=False)


class BudgetEditForm(BudgetForm, Versioned):
    """A budget line that is there."""


class TargetForm(forms.Form):
    """What a project is to reach."""

    text = forms.CharField(label=_("Indicator"), max_length=500, widget=_rows(2))
    value = AmountField(label=_("Target"), required=False)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60)
    period_kind = forms.ChoiceField(label=_("Counted over"), choices=PeriodKind.choices)
    achieved = AmountField(label=_("Reached"), required=False)
    figure_source = forms.CharField(
        label=_("Source of the figure"), required=False, max_length=200
    )
    as_at = BuddhistDateField(label=_("Figure as at"), required=False)


class TargetEditForm(TargetForm, Versioned):
    """A target that is there."""


class ServeForm(forms.Form):
    """An item that a project serves."""

    item = forms.ChoiceField(label=_("Item"))
    why = forms.CharField(label=_("Why it counts"), required=False, max_length=500, widget=_rows(2))

    def __init__(self, *args: Any, items: Choices = (), **kwargs: Any) -> None:
        """Offer the items of the editions in use."""
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("Please choose")), *items]  # type: ignore[attr-defined]


class ExplainForm(Versioned):
    """Why a project counts for an item."""

    why = forms.CharField(label=_("Why it counts"), required=False, max_length=500, widget=_rows(2))
    fields_left = forms.MultipleChoiceField(
        label=_("Fields of management that it leaves to schools"),
        required=False,
        choices=ProjectService.Field.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    board_part = forms.CharField(
        label=_("What the school boards do"),
        required=False,
        max_length=500,
        widget=_rows(2),
        help_text=_("The part of the school boards in the management that is left to schools."),
    )


class PolicyForm(forms.Form):
    """A policy."""

    number = forms.CharField(label=_("Number"), required=False, max_length=20)
    text = forms.CharField(label=_("Policy"), max_length=2000, widget=_rows(3))
    owner_title = forms.CharField(label=_("Responsible"), required=False, max_length=200)
    target_value = forms.CharField(
        label=_("Target"),
        required=False,
        max_length=9,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("A whole number; leave it empty where the policy has none."),
    )
    target_unit = forms.CharField(label=_("Unit"), required=False, max_length=60)
    period_kind = forms.ChoiceField(label=_("Counted over"), choices=PeriodKind.choices)
    period_label = forms.CharField(
        label=_("Time as the policy says it"), required=False, max_length=80
    )
    project = forms.ChoiceField(label=_("Project that carries it out"), required=False)

    def __init__(self, *args: Any, projects: Choices = (), **kwargs: Any) -> None:
        """Offer the projects of the year."""
        super().__init__(*args, **kwargs)
        self.fields["project"].choices = [("", _("none")), *projects]  # type: ignore[attr-defined]

    def clean_target_value(self) -> int | None:
        """Read the number."""
        text = to_arabic(self.cleaned_data["target_value"]).replace(",", "").strip()
        if not text:
            return None
        if not text.isdecimal():
            raise forms.ValidationError(_("Write a whole number in digits."), "digits")
        return int(text)


class PolicyEditForm(PolicyForm, Versioned):
    """A policy that is there."""


class ProgressForm(forms.Form):
    """What a policy had reached on a day."""

    value = AmountField(label=_("Reached"), required=False)
    text = forms.CharField(label=_("In words"), required=False, max_length=500, widget=_rows(2))
    as_at = BuddhistDateField(label=_("Figure as at"))
    figure_source = forms.CharField(label=_("Source of the figure"), max_length=200)


class ReviewForm(forms.Form):
    """A turn of plan, do, check, act."""

    reviewed_on = BuddhistDateField(label=_("Reviewed on"))
    project = forms.ChoiceField(label=_("What was looked at"), required=False)
    planned = forms.CharField(
        label=_("Plan: what was meant"), required=False, max_length=5000, widget=_rows(3)
    )
    done = forms.CharField(
        label=_("Do: what was done"), required=False, max_length=5000, widget=_rows(3)
    )
    checked = forms.CharField(label=_("Check: what was found"), max_length=5000, widget=_rows(3))
    changed = forms.CharField(
        label=_("Act: what is changed"), required=False, max_length=5000, widget=_rows(3)
    )
    why = forms.CharField(label=_("Why"), required=False, max_length=5000, widget=_rows(2))

    def __init__(self, *args: Any, projects: Choices = (), **kwargs: Any) -> None:
        """Offer the projects of the plan."""
        super().__init__(*args, **kwargs)
        self.fields["project"].choices = [("", _("the whole plan")), *projects]  # type: ignore[attr-defined]


class ReviewEditForm(ReviewForm, Versioned):
    """A review that is there; what was looked at stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the project out."""
        super().__init__(*args, **kwargs)
        del self.fields["project"]


class DecideForm(Versioned):
    """What a point of last year's way forward becomes."""

    became = forms.ChoiceField(label=_("It became"), required=False)
    new_title = forms.CharField(
        label=_("or a new project with this title"), required=False, max_length=400
    )
    reason = forms.CharField(
        label=_("or it is dropped, because"), required=False, max_length=500, widget=_rows(2)
    )

    def __init__(self, *args: Any, lines: Sequence[tuple[Any, Any]] = (), **kwargs: Any) -> None:
        """Offer the lines of the plan."""
        super().__init__(*args, **kwargs)
        self.fields["became"].choices = [("", _("Please choose")), *lines]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Take exactly one of the three ways."""
        given = super().clean() or self.cleaned_data
        ways = [name for name in ("became", "new_title", "reason") if given.get(name)]
        if len(ways) != 1:
            raise forms.ValidationError(
                _("Choose one: a line of the plan, a new project, or the reason why it is dropped."),
                "one_way",
            )
        return given


class PointForm(forms.Form):
    """A point that stands in no narrative."""

    text = forms.CharField(label=_("Point of the way forward"), max_length=2000, widget=_rows(3))
    source_words = forms.CharField(label=_("Where it was said"), required=False, max_length=300)


class DayForm(forms.Form):
    """A day or a span of days of the calendar."""

    kind = forms.ChoiceField(label=_("What it is"), choices=CalendarDay.Kind.choices)
    title = forms.CharField(label=_("Title"), max_length=250)
    starts_on = BuddhistDateField(label=_("From"))
    ends_on = BuddhistDateField(label=_("Until"), required=False)
    source = forms.CharField(
        label=_("Where this is stated"),
        required=False,
        max_length=250,
        help_text=_("The announcement or letter, with its number where it has one."),
    )


class DayEditForm(DayForm, Versioned):
    """A day that is there."""


class ApproveForm(forms.Form):
    """The plan as it was shown, and what led to it."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    review = forms.ChoiceField(label=_("Because of the review"), required=False)
    reason = forms.CharField(label=_("or for another reason"), required=False, max_length=500)

    def __init__(self, *args: Any, reviews: Choices = (), **kwargs: Any) -> None:
        """Offer the reviews of the plan."""
        super().__init__(*args, **kwargs)
        self.fields["review"].choices = [("", _("none")), *reviews]  # type: ignore[attr-defined]


class TakeBackForm(forms.Form):
    """Why something is cancelled; within a day it needs no reason."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=_rows(2))


class ImportForm(forms.Form):
    """An old plan, and the year for which it is proposed."""

    file = forms.FileField(
        label=_("Old action plan (Excel, CSV or Word)"),
        widget=FilePickWidget(accept=".xlsx,.csv,.docx"),
        help_text=_("The file is read first; nothing becomes a record before you confirm it."),
    )
    year = YearField(label=_("Propose it for fiscal year (B.E.)"))
