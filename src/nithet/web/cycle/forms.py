"""What is typed on the pages of the cycle."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.foundation.ui.fields import BuddhistDateField, FilePickWidget
from nithet.web.shared.versioned import Versioned

Choices = Sequence[tuple[str, Any]]


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


class StepForm(Versioned):
    """What was done in a step."""

    text = forms.CharField(
        label=_("What was done"), required=False, max_length=20_000, widget=_rows(8)
    )


class FinishForm(Versioned):
    """The end of a step."""

    done_on = BuddhistDateField(label=_("Finished on"), required=False)


class ReopenForm(Versioned):
    """Why a step is opened again."""

    reason = forms.CharField(label=_("Why it is opened again"), max_length=500)


class ModelForm(forms.Form):
    """A model of the office's own, by lines or by file."""

    name = forms.CharField(label=_("Name of the model"), required=False, max_length=200)
    source = forms.CharField(label=_("Where the model comes from"), required=False, max_length=500)
    steps = forms.CharField(
        label=_("Steps, one a line"),
        required=False,
        max_length=20_000,
        widget=_rows(10),
        help_text=_("Mark | title | what it is for | what it serves. The title alone is enough."),
    )
    file = forms.FileField(
        label=_("Or a file (YAML)"), required=False, widget=FilePickWidget(accept=".yaml,.yml")
    )


class ModelEditForm(Versioned):
    """A model that is there."""

    name = forms.CharField(label=_("Name of the model"), max_length=200)
    source = forms.CharField(label=_("Where the model comes from"), required=False, max_length=500)
    steps = forms.CharField(
        label=_("Steps, one a line"),
        max_length=20_000,
        widget=_rows(10),
        help_text=_("Mark | title | what it is for | what it serves. The title alone is enough."),
    )


class ReviewForm(forms.Form):
    """A review of the system, by plan, do, check, act."""

    reviewed_on = BuddhistDateField(label=_("Reviewed on"))
    took_part = forms.CharField(
        label=_("Who took part"),
        required=False,
        max_length=500,
        help_text=_("Posts and groups, not names of persons."),
    )
    planned = forms.CharField(
        label=_("Plan: what the system was meant to do"),
        required=False,
        max_length=10_000,
        widget=_rows(3),
    )
    done = forms.CharField(
        label=_("Do: what was done"), required=False, max_length=10_000, widget=_rows(3)
    )
    checked = forms.CharField(label=_("Check: what was found"), max_length=10_000, widget=_rows(3))
    changed = forms.CharField(
        label=_("Act: what was changed in the system"),
        required=False,
        max_length=10_000,
        widget=_rows(3),
        help_text=_(
            "Where nothing has to change, write so and why. Until then it is a review without an improvement."
        ),
    )
    why = forms.CharField(
        label=_("Why it was changed"), required=False, max_length=10_000, widget=_rows(2)
    )
    changed_in = forms.ChoiceField(label=_("Where the change can be seen"), required=False)

    def __init__(self, *args: Any, records: Choices = (), **kwargs: Any) -> None:
        """Offer the records in which a change may be seen."""
        super().__init__(*args, **kwargs)
        self.fields["changed_in"].choices = [("", _("nowhere yet")), *records]  # type: ignore[attr-defined]


class ReviewEditForm(ReviewForm, Versioned):
    """A review that is there."""
