"""What is typed on the pages of needs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.domain.plans.models.needs import Need
from nithet.foundation.ui.fields import FilePickWidget
from nithet.kernel.numerals import to_arabic
from nithet.web.shared.versioned import Versioned

Choices = Sequence[tuple[str, Any]]


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


class WholeField(forms.CharField):
    """A whole number in any digits; None where it is left empty."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask for digits."""
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(max_length=8, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> int | None:
        """Read the number."""
        text = to_arabic(str(super().clean(value))).strip()
        if not text:
            return None
        if not text.isdecimal():
            raise forms.ValidationError(_("Write a whole number."), "whole")
        return int(text)


class NeedWordsForm(forms.Form):
    """The words of a need."""

    text = forms.CharField(label=_("What the school needs"), max_length=1000, widget=_rows(3))
    area = forms.CharField(
        label=_("Topic"),
        required=False,
        max_length=120,
        help_text=_("A few words by which needs are found together, for example การวัดผล."),
    )
    strength = forms.TypedChoiceField(
        label=_("Strength"), coerce=int, choices=Need.Strength.choices, initial=Need.Strength.NORMAL
    )
    strength_note = forms.CharField(label=_("Why this strength"), required=False, max_length=300)


class NeedForm(NeedWordsForm):
    """A new need."""

    school = forms.ChoiceField(label=_("School"))
    kind = forms.ChoiceField(label=_("Where it comes from"), choices=Need.Kind.choices)
    because = forms.CharField(
        label=_("What shows it"),
        required=False,
        max_length=500,
        help_text=_("For example: SAR 2568, page 12; talk with the head on 5 June."),
    )
    field_order = ("school", "text", "area", "kind", "because", "strength", "strength_note")

    def __init__(self, *args: Any, schools: Choices = (), **kwargs: Any) -> None:
        """Offer the schools that the writer may see."""
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [("", _("Choose a school")), *schools]  # type: ignore[attr-defined]


class NeedEditForm(NeedWordsForm, Versioned):
    """A need that is there."""


class SettleForm(Versioned):
    """How far a need is."""

    state = forms.ChoiceField(label=_("How far it is"), choices=Need.State.choices)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("Needed where the need is not followed; welcome where it is met."),
    )
    visit = forms.ChoiceField(label=_("Visit that shows it"), required=False)

    def __init__(self, *args: Any, visits: Choices = (), **kwargs: Any) -> None:
        """Offer the visits that served the need."""
        super().__init__(*args, **kwargs)
        if visits:
            self.fields["visit"].choices = [("", _("none")), *visits]  # type: ignore[attr-defined]
        else:
            del self.fields["visit"]


class ServeForm(forms.Form):
    """A project that serves a need."""

    project = forms.ChoiceField(label=_("Project"))

    def __init__(self, *args: Any, projects: Choices = (), **kwargs: Any) -> None:
        """Offer the projects of the year's plan."""
        super().__init__(*args, **kwargs)
        self.fields["project"].choices = projects  # type: ignore[attr-defined]


class ThresholdForm(forms.Form):
    """From which figures on needs are offered."""

    results_below = forms.DecimalField(
        label=_("Mean below (per cent of the full marks)"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("Left empty: nothing is offered from test results."),
    )
    tested_at_least = WholeField(label=_("Pupils tested, at least"), required=False)
    pupils_below = WholeField(
        label=_("Fewer pupils than"),
        required=False,
        help_text=_("Left empty: nothing is offered from the size of schools."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class NeedListForm(forms.Form):
    """A list of needs."""

    file = forms.FileField(
        label=_("List"),
        widget=FilePickWidget(accept=".xlsx,.csv"),
        help_text=_("XLSX or CSV with the headings of the example; schools by their code."),
    )


class SayForm(forms.Form):
    """A school's own word."""

    school = forms.ChoiceField(label=_("School"))
    text = forms.CharField(
        label=_("What our school needs help with"), max_length=1000, widget=_rows(3)
    )
    area = forms.CharField(label=_("Topic"), required=False, max_length=120)

    def __init__(self, *args: Any, schools: Choices = (), **kwargs: Any) -> None:
        """Ask for the school only where somebody speaks for several."""
        super().__init__(*args, **kwargs)
        field = self.fields["school"]
        field.choices = schools  # type: ignore[attr-defined]
        if len(schools) == 1:
            field.widget = forms.HiddenInput()
            field.initial = schools[0][0]


class SurveyForm(forms.Form):
    """A survey to open."""

    title = forms.CharField(label=_("Title"), max_length=250)
    lead = forms.CharField(label=_("What it is for"), required=False, max_length=500)
    items = forms.CharField(
        label=_("Points to ask about, one a line"),
        max_length=50_000,
        widget=_rows(10),
        help_text=_("Paste the rows of last year's form; numbers before them are left out."),
    )
    lowest = forms.TypedChoiceField(
        label=_("Scale"),
        coerce=int,
        choices=[("1", _("1 to 5")), ("0", _("0 to 5"))],
        initial="1",
    )


class SurveyEditForm(Versioned):
    """A survey that is there."""

    title = forms.CharField(label=_("Title"), max_length=250)
    lead = forms.CharField(label=_("What it is for"), required=False, max_length=500)


class MeansForm(forms.Form):
    """Means that were worked out elsewhere."""

    label = forms.CharField(label=_("Where they come from"), max_length=200)
    respondents = WholeField(label=_("How many people answered (n)"))
    means = forms.CharField(
        label=_("Point, desired mean (I), actual mean (D)"),
        max_length=50_000,
        widget=_rows(8),
        help_text=_(
            "Paste from Excel or Word, one point a line, or only the two means in the order of the points."
        ),
    )


class SurveyNeedsForm(forms.Form):
    """Points of a survey that become needs of schools."""

    items = forms.MultipleChoiceField(label=_("Points"), widget=forms.CheckboxSelectMultiple)
    schools = forms.MultipleChoiceField(
        label=_("Schools"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Schools that answered are offered first."),
    )

    def __init__(
        self, *args: Any, items: Choices = (), schools: Choices = (), **kwargs: Any
    ) -> None:
        """Offer the points by rank and the schools."""
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = items  # type: ignore[attr-defined]
        self.fields["schools"].choices = schools  # type: ignore[attr-defined]
