"""What is typed on the pages of the plan of visits."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.domain.supervision.models.dates import OtherBodysVisit
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.ui.fields import BuddhistDateField
from nithet.web.shared.versioned import Versioned

Choices = Sequence[tuple[Any, Any]]


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


def _whole(label: Any, least: int, most: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short-number"}),
    )


class SettingsForm(forms.Form):
    """What the planner may turn before a year is proposed."""

    visits_per_semester = _whole(_("Visits to each school a semester"), 1, 4)
    most_a_day = _whole(_("Schools a supervisor visits on one day, at most"), 1, 6)
    near_km = _whole(_("Schools of one day lie within (km, as the crow flies)"), 1, 100)
    committee_party = _whole(_("Committee members who go together"), 1, 20)


class WhyForm(forms.Form):
    """Why something is changed."""

    why = forms.CharField(label=_("Why"), max_length=500, required=False, widget=_rows(2))


def _insist() -> forms.CharField:
    return forms.CharField(
        label=_("Why on this day, if the school is closed"),
        max_length=500,
        required=False,
        widget=_rows(2),
        help_text=_(
            "Only for Saturdays, Sundays, holidays, examinations and days between semesters."
        ),
    )


class MoveForm(Versioned):
    """Another day."""

    planned_on = BuddhistDateField(label=_("New day"))
    why = forms.CharField(
        label=_("Why it is moved"),
        max_length=500,
        required=False,
        widget=_rows(2),
        help_text=_("Needed once the plan has been approved."),
    )
    insist_because = _insist()


class DropForm(Versioned):
    """Left out, with the reason."""

    why = forms.CharField(label=_("Why it is left out"), max_length=500, widget=_rows(2))


class OnlyVersion(Versioned):
    """A button over a record."""


class PartyForm(Versioned):
    """Who goes."""

    people = forms.MultipleChoiceField(label=_("Who goes"), widget=forms.CheckboxSelectMultiple)
    why = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        widget=_rows(2),
        help_text=_("Needed once the plan has been approved."),
    )

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        """Offer the office's people."""
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """A visit added by hand."""

    school = forms.TypedChoiceField(label=_("School"), coerce=int)
    kind = forms.ChoiceField(label=_("Kind"), choices=Visit.Kind.choices)
    planned_on = BuddhistDateField(label=_("Day"))
    people = forms.MultipleChoiceField(
        label=_("Who goes"), widget=forms.CheckboxSelectMultiple, required=False
    )
    purpose = forms.CharField(label=_("What it is about"), max_length=500, required=False)
    why = forms.CharField(
        label=_("Why this visit"), max_length=500, required=False, widget=_rows(2)
    )
    insist_because = _insist()

    def __init__(
        self, *args: Any, schools: Choices = (), people: Choices = (), **kwargs: Any
    ) -> None:
        """Offer the office's schools and people."""
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [("", "–"), *schools]  # type: ignore[attr-defined]
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]


class OtherDayForm(forms.Form):
    """The school asks for another day."""

    wished_for = BuddhistDateField(label=_("Day that suits the school"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=_rows(2))
    speaker = forms.CharField(label=_("Your name and position"), max_length=120, required=False)


class SettleForm(Versioned):
    """The planner answers the school."""

    new_day = BuddhistDateField(
        label=_("New day"),
        required=False,
        help_text=_("Leave it empty to keep the day, and say why below."),
    )
    words = forms.CharField(
        label=_("Answer to the school"), max_length=500, required=False, widget=_rows(2)
    )
    insist_because = _insist()


def _what_is_there() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What is there"), choices=OtherBodysVisit.Kind.choices, required=False
    )


class BodyForm(forms.Form):
    """The visit of another body."""

    school = forms.TypedChoiceField(label=_("School"), coerce=int)
    kind = _what_is_there()
    body = forms.CharField(label=_("Who comes, or why the school is closed"), max_length=200)
    starts_on = BuddhistDateField(label=_("From"))
    ends_on = BuddhistDateField(label=_("Until"), required=False)
    source = forms.CharField(label=_("Where this is stated"), max_length=250, required=False)

    def __init__(self, *args: Any, schools: Choices = (), **kwargs: Any) -> None:
        """Offer the office's schools."""
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [("", "–"), *schools]  # type: ignore[attr-defined]


class BodyEditForm(Versioned):
    """The visit of another body that is there."""

    kind = _what_is_there()
    body = forms.CharField(label=_("Who comes, or why the school is closed"), max_length=200)
    starts_on = BuddhistDateField(label=_("From"))
    ends_on = BuddhistDateField(label=_("Until"), required=False)
    source = forms.CharField(label=_("Where this is stated"), max_length=250, required=False)


class TakeBackForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=_rows(2))


class FeedForm(forms.Form):
    """A calendar to make."""

    kind = forms.ChoiceField(label=_("Which visits"))
    school = forms.TypedChoiceField(label=_("School"), coerce=int, required=False, empty_value=None)

    def __init__(
        self, *args: Any, kinds: Choices = (), schools: Choices = (), **kwargs: Any
    ) -> None:
        """Offer what the reader may make."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        self.fields["school"].choices = [("", "–"), *schools]  # type: ignore[attr-defined]
        if not schools:
            del self.fields["school"]
