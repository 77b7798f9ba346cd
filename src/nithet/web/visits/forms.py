"""What is typed on the pages of visits."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.domain.supervision.models.answers import VisitOpinion
from nithet.domain.supervision.models.findings import AgreementCheck, Finding
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.rules.chain import COACHING
from nithet.domain.supervision.rules.lines import lines_of, minutes_of
from nithet.foundation.ui.fields import BuddhistDateField
from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.versioned import Versioned

Choices = Sequence[tuple[str, Any]]
LONG = 6000


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


class LinesField(forms.CharField):
    """Several short entries, a line each; cleans to a list of words."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer room for three lines."""
        super().__init__(required=False, max_length=LONG, widget=_rows(3), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a kept list line by line."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """Read the lines."""
        found = lines_of(super().clean(value))
        if any(len(line) > 1000 for line in found):
            raise forms.ValidationError(
                _("Please keep each line to at most 1,000 characters."), "long"
            )
        return found


class MinutesField(forms.CharField):
    """Notes at minutes of a recording; cleans to a list of (seconds, words)."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer room for four lines."""
        super().__init__(required=False, max_length=LONG, widget=_rows(4), **kwargs)

    def clean(self, value: Any) -> list[tuple[int, str]]:
        """Read the notes."""
        try:
            return minutes_of(super().clean(value))
        except RuleBroken as error:
            raise forms.ValidationError(told(error), "minute") from None


class HoursField(forms.TimeField):
    """A time of day by 24 hours."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask by the clock of the device."""
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(required=False, widget=widget, **kwargs)


FINDING_LABELS = {
    "supervision": {
        "impression": _("Strengths, what impressed"),
        "problem": _("What was seen, and what troubles"),
        "need": _("What the school needs help with"),
        "to_develop": _("To think about and develop"),
        "suggestion": _("Suggestions"),
    },
    "committee": {
        "impression": _("1. What impressed"),
        "problem": _("2. Problems found"),
        "need": _("3. What the school needs"),
        "suggestion": _("4. Suggestions to the office"),
    },
}


class VisitForm(forms.Form):
    """The record of a visit; who may be named and what may be chosen is given by the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    said_by = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    visited_on = BuddhistDateField(label=_("Date of the visit"))
    mode = forms.ChoiceField(label=_("How"), choices=Visit.Mode.choices, widget=forms.RadioSelect)
    starts_at = HoursField(label=_("Began at"))
    ends_at = HoursField(label=_("Ended at"))
    link = forms.URLField(
        label=_("Address of the meeting or recording"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    people = forms.MultipleChoiceField(
        label=_("People of the office and network chairs"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    members = forms.MultipleChoiceField(
        label=_("Committee members"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = LinesField(label=_("Others, one a line"), help_text=_("Name or position."))
    companion = forms.CharField(label=_("Companion of the office"), required=False, max_length=200)
    purpose = forms.CharField(label=_("What it is about"), required=False, max_length=500)
    project = forms.ChoiceField(label=_("Project"), required=False)
    needs = forms.MultipleChoiceField(
        label=_("Needs of the school that it serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    need = forms.CharField(
        label=_("Another need, in your own words"), required=False, max_length=500
    )
    instruments = forms.MultipleChoiceField(
        label=_("Forms that are used"), required=False, widget=forms.CheckboxSelectMultiple
    )
    qa_in_work = forms.ChoiceField(
        label=_("Quality assurance is part of the school's normal work"),
        required=False,
        choices=[*Visit.InWork.choices, ("", _("did not look"))],
        widget=forms.RadioSelect,
    )
    qa_seen = forms.CharField(label=_("What was seen of it"), required=False, max_length=500)
    lesson_notes = MinutesField(
        label=_("Notes at minutes of the recording"),
        help_text=_('One a line, the minute first, for example "3:20 asks the pupils why".'),
    )

    def __init__(
        self,
        *args: Any,
        kind: str,
        people: Choices = (),
        members: Choices = (),
        projects: Choices = (),
        needs: Choices = (),
        instruments: Choices = (),
        **kwargs: Any,
    ) -> None:
        """Offer what this visit may name."""
        super().__init__(*args, **kwargs)
        offered = {
            "people": people,
            "members": members,
            "needs": needs,
            "instruments": instruments,
            "project": [("", _("none")), *projects],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for finding, label in FINDING_LABELS[kind].items():
            self.fields[f"finding_{finding}"] = LinesField(label=label)
        self.kind = kind

    @property
    def finding_fields(self) -> list[forms.BoundField]:
        """Return the boxes of the findings, in the order of the form."""
        return [self[f"finding_{name}"] for name in FINDING_LABELS[self.kind]]

    @property
    def findings(self) -> dict[str, list[str]]:
        """Return kind of finding -> its lines."""
        return {
            name: self.cleaned_data[f"finding_{name}"]
            for name in FINDING_LABELS[self.kind]
            if name in Finding.Kind.values
        }


class CheckForm(forms.Form):
    """What became of one agreement."""

    answer = forms.ChoiceField(
        label=_("Has it been done?"),
        required=False,
        choices=AgreementCheck.Answer.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)


class AgreementForm(forms.Form):
    """One agreement; empty words leave it out."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What was agreed"), required=False, max_length=1000, widget=_rows(2)
    )
    owner = forms.CharField(label=_("Who does it"), required=False, max_length=200)
    due_on = BuddhistDateField(label=_("By"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask who does it where something is agreed."""
        given = super().clean() or self.cleaned_data
        if given.get("text") and not given.get("owner"):
            self.add_error("owner", _("Say who will do it."))
        return given


STEP_CHOICES = [
    ("", _("not looked at this time")),
    *((one.id, one.words.th) for one in COACHING.steps),
]


class StepForm(forms.Form):
    """The step of the chain at which the school stands in one topic."""

    topic = forms.CharField(label=_("What is developed"), required=False, max_length=250)
    step = forms.ChoiceField(label=_("Step"), required=False, choices=STEP_CHOICES)
    note = forms.CharField(label=_("What was done"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """Ask for the topic where a step is chosen."""
        given = super().clean() or self.cleaned_data
        if given.get("step") and not given.get("topic"):
            self.add_error("topic", _("Say what is developed."))
        return given


class ReasonForm(Versioned):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=_rows(2))


class CloseForm(Versioned):
    """The record as it was shown."""


class AnswerForm(forms.Form):
    """The school's answer in its own words; who has no account says who they are."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(label=_("Answer of the school"), max_length=4000, widget=_rows(4))
    signed_by = forms.CharField(label=_("Your name and position"), max_length=300)

    def __init__(self, *args: Any, asks_name: bool = False, **kwargs: Any) -> None:
        """Leave the name out where an account says it."""
        super().__init__(*args, **kwargs)
        if not asks_name:
            del self.fields["signed_by"]


OPINION_FIELDS = {
    "fitted_need": _("The visit answered what our school needs"),
    "gave_way": _("We know what to do next, and how"),
    "helped_kindly": _("It was help between colleagues, not an inspection"),
}
"""The three questions about the help itself."""


def opinion_field(label: Any, *, required: bool) -> forms.ChoiceField:
    """Return one of the three questions; where none must be answered, a choice of its own takes an answer back."""
    says = VisitOpinion.Says.choices
    return forms.ChoiceField(
        label=label,
        choices=says if required else [*says, ("", _("No answer"))],
        widget=forms.RadioSelect,
        required=required,
    )


class OpinionForm(forms.Form):
    """Three questions about the help itself."""

    fitted_need = opinion_field(OPINION_FIELDS["fitted_need"], required=True)
    gave_way = opinion_field(OPINION_FIELDS["gave_way"], required=True)
    helped_kindly = opinion_field(OPINION_FIELDS["helped_kindly"], required=True)


class MemberForm(forms.Form):
    """The four questions of a committee member."""

    impression = LinesField(label=_("1. What impressed"))
    problem = LinesField(label=_("2. Problems found"))
    need = LinesField(label=_("3. What the school needs"))
    suggestion = LinesField(label=_("4. Suggestions to the office"))


class InvitationForm(forms.Form):
    """A committee member to invite."""

    member = forms.ChoiceField(label=_("Committee member"), required=False)
    title = forms.CharField(
        label=_("or name and position of another"), required=False, max_length=200
    )
    visits = forms.MultipleChoiceField(label=_("Visits"), widget=forms.CheckboxSelectMultiple)
    companion = forms.CharField(label=_("Companion of the office"), required=False, max_length=200)
    companion_telephone = forms.CharField(
        label=_("Telephone of the companion"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    programme = forms.CharField(
        label=_("Schedule"),
        required=False,
        max_length=4000,
        widget=_rows(4),
        help_text=_("Where to meet, when, and the order of the schools."),
    )

    def __init__(
        self, *args: Any, members: Choices = (), visits: Choices = (), **kwargs: Any
    ) -> None:
        """Offer members and visits."""
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", _("Please choose")), *members]  # type: ignore[attr-defined]
        self.fields["visits"].choices = visits  # type: ignore[attr-defined]
