"""What is typed on the pages of instruments."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.rules.pasting import MOST_LETTERS
from nithet.domain.instruments.rules.scales import Scale, scales
from nithet.foundation.ui.fields import BuddhistDateField, FilePickWidget, FilesField
from nithet.kernel import clock
from nithet.web.shared.versioned import Versioned

Choices = Sequence[tuple[str, Any]]
XLSX = ".xlsx"


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


def scale_words(scale: Scale) -> str:
    """Return the words by which a scale is chosen: "5 ระดับ: มากที่สุด – มาก – …"."""
    words = " – ".join(scale.words)
    if not scale.is_rating:
        return words
    return gettext("%(levels)s levels: %(words)s") % {"levels": scale.levels, "words": words}


def scale_choices() -> list[tuple[str, str]]:
    """Return the scales to choose from."""
    return [(one.code, scale_words(one)) for one in scales()]


class PasteForm(forms.Form):
    """Rows of last year's form."""

    pasted = forms.CharField(
        label=_("Rows of the form"),
        max_length=MOST_LETTERS,
        strip=False,
        widget=_rows(10),
        help_text=_(
            "Mark the table in Word or Excel, copy it, and paste it here. Numbers, ticks and sums are left out by themselves."
        ),
    )


class SheetForm(forms.Form):
    """A form that is drawn up: everything but its rows."""

    title = forms.CharField(label=_("Title of the form"), max_length=300)
    audience = forms.ChoiceField(label=_("Filled by"), choices=Instrument.Audience.choices)
    scale = forms.ChoiceField(label=_("Levels"), required=False)
    four_parts = forms.BooleanField(
        label=_("End with what was seen, strengths, food for thought, and what was agreed"),
        required=False,
    )
    notes = forms.BooleanField(label=_("Room for notes under every group"), required=False)
    teacher = forms.BooleanField(
        label=_(
            "Ask for the teacher's name (may be left empty; only that teacher, the school head and the supervisor see it)"
        ),
        required=False,
    )
    photos = forms.BooleanField(label=_("A photograph"), required=False)
    signature = forms.BooleanField(label=_("A signature at the end"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the scales in the words of the reader."""
        super().__init__(*args, **kwargs)
        self.fields["scale"].choices = [("", gettext("no levels")), *scale_choices()]  # type: ignore[attr-defined]


class OldFormForm(forms.Form):
    """Last year's form as a file."""

    file = forms.FileField(
        label=_("Last year's form"),
        widget=FilePickWidget(accept=".docx,.xlsx"),
        help_text=_("Word (.docx) or Excel (.xlsx); you choose the table afterwards."),
    )


class BringForm(forms.Form):
    """An XLSForm with the files it names."""

    file = forms.FileField(
        label=_("Form as a workbook (XLSForm)"),
        widget=FilePickWidget(accept=XLSX),
        help_text=_(
            "An .xlsx with the sheets survey, choices and settings, or a form downloaded here and changed."
        ),
    )
    beside = FilesField(
        label=_("Files that the form names"),
        required=False,
        widget=FilePickWidget(multiple=True),
        help_text=_("Pictures and lists of choices, where the form has any."),
    )


class SettingsForm(Versioned):
    """Who fills an instrument in and what it serves."""

    audience = forms.ChoiceField(label=_("Filled by"), choices=Instrument.Audience.choices)
    serves = forms.MultipleChoiceField(
        label=_("Projects that it serves"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, projects: Choices = (), **kwargs: Any) -> None:
        """Offer the projects of the office."""
        super().__init__(*args, **kwargs)
        self.fields["serves"].choices = list(projects)  # type: ignore[attr-defined]


class BriefingForm(forms.Form):
    """A briefing that was held."""

    briefed_on = BuddhistDateField(label=_("Briefed on"))
    briefed_by = forms.CharField(label=_("Briefed by"), max_length=300)
    place = forms.CharField(label=_("Held at"), max_length=250, required=False)
    people = forms.MultipleChoiceField(
        label=_("Who was briefed"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Others who were briefed"),
        required=False,
        max_length=20_000,
        widget=_rows(3),
        help_text=_("One a line, by position where that is enough."),
    )
    notes = forms.CharField(
        label=_("What was made clear"), required=False, max_length=5_000, widget=_rows(3)
    )

    def __init__(self, *args: Any, people: Choices = (), **kwargs: Any) -> None:
        """Offer those who fill the form in."""
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]
        self.fields["briefed_on"].latest = clock.today()  # type: ignore[attr-defined]


class BriefingEditForm(BriefingForm, Versioned):
    """A briefing that is there."""


class TakeBackForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Why it is cancelled"),
        max_length=500,
        required=False,
        widget=_rows(2),
        help_text=_("Needed once a day has passed."),
    )


class PaperForm(forms.Form):
    """A blank form to print: for one school, for a network, or without a name."""

    school = forms.ChoiceField(label=_("School"), required=False)
    network = forms.ChoiceField(label=_("Whole network"), required=False)
    kind = forms.ChoiceField(
        label=_("As"), choices=[("pdf", _("PDF to print")), ("docx", _("Word file"))], initial="pdf"
    )

    def __init__(
        self, *args: Any, schools: Choices = (), networks: Choices = (), **kwargs: Any
    ) -> None:
        """Offer schools and networks of the office."""
        super().__init__(*args, **kwargs)
        self.fields["school"].choices = [("", gettext("no school: a line for its name")), *schools]  # type: ignore[attr-defined]
        self.fields["network"].choices = [("", gettext("none")), *networks]  # type: ignore[attr-defined]
