"""Shape and wording of what is typed on the pages of a round."""

from collections.abc import Sequence
from decimal import InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.domain.assessments.queries.people import Person
from nithet.domain.assessments.rules import ReadingDraft
from nithet.foundation.ui.fields import BuddhistDateField
from nithet.kernel.numerals import to_arabic
from nithet.web.rounds.thresholds import ThresholdLine

NOT_REACHED = "none"


class AnswerForm(forms.Form):
    """The answer to one test: done, not done, or taken back."""

    answer = forms.ChoiceField(
        choices=[
            ("done", _("Done")),
            ("not_done", _("Not done")),
            ("unanswered", _("Not answered")),
        ]
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)
    seen = forms.CharField(max_length=20, required=False)

    @property
    def is_done(self) -> bool | None:
        """Return the answer as the action takes it."""
        return {"done": True, "not_done": False, "unanswered": None}[self.cleaned_data["answer"]]


class ParagraphForm(forms.Form):
    """The words of one paragraph and what they cite, with the version that the writer saw."""

    text = forms.CharField(
        label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class LevelForm(forms.Form):
    """A level with its reason: declared by the office, or given by an assessor."""

    level = forms.ChoiceField(label=_("Level"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where the records show another level, or cannot tell one yet"),
    )

    def __init__(self, *args: Any, levels: tuple[int, ...], below: str, **kwargs: Any) -> None:
        """Offer the levels of the edition, and that none is reached."""
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("Please choose")), (NOT_REACHED, below)] + [  # type: ignore[attr-defined]
            (str(n), _("Level %(n)s") % {"n": n}) for n in levels
        ]

    @property
    def chosen(self) -> int | None:
        """Return the level; None where none is reached."""
        value = self.cleaned_data["level"]
        return None if value == NOT_REACHED else int(value)


class SignForm(LevelForm):
    """The declared level, signed for exactly what was shown."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class WhoForm(forms.Form):
    """Who does something, and by when: a person of the office, or a group by its name."""

    who = forms.ChoiceField(label=_("Person"), required=False)
    title = forms.CharField(
        label=_("or a group"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "groups"}),
    )
    due_on = BuddhistDateField(label=_("Due on"), required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        """Offer the people of the office."""
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("Please choose"))] + [  # type: ignore[attr-defined]
            (str(one.user_id), f"{one.name} ({one.title})") for one in people
        ]

    def clean(self) -> dict[str, Any]:
        """Somebody must be named."""
        cleaned = super().clean() or {}
        if not cleaned.get("who") and not (cleaned.get("title") or "").strip():
            self.add_error("who", _("Choose a person, or write the name of a group."))
        return cleaned

    @property
    def user_id(self) -> int | None:
        """Return the account; None where a group was named."""
        return int(self.cleaned_data["who"]) if self.cleaned_data["who"] else None

    @property
    def group(self) -> str:
        """Return the group; "" where a person was chosen."""
        return "" if self.cleaned_data["who"] else str(self.cleaned_data["title"])


class AssignForm(WhoForm):
    """Items given to somebody."""

    items = forms.MultipleChoiceField(
        label=_("Items"), widget=forms.CheckboxSelectMultiple(), required=True
    )
    field_order = ("items", "who", "title", "due_on")

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the items of the form."""
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = list(items)  # type: ignore[attr-defined]


class DueForm(forms.Form):
    """A day, with the version that the writer saw."""

    due_on = BuddhistDateField(label=_("Due on"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class OpenForm(forms.Form):
    """A new round: year, months, due day, and the thresholds that the office reads otherwise."""

    fiscal_year = forms.CharField(
        label=_("Fiscal year"), max_length=4, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    months = forms.TypedChoiceField(
        label=_("Months reported"),
        choices=[(12, _("12 months")), (6, _("6 months"))],
        coerce=int,
        widget=forms.RadioSelect,
        initial=12,
    )
    due_on = BuddhistDateField(label=_("Due on"), required=False)

    def __init__(self, *args: Any, thresholds: Sequence[ThresholdLine], **kwargs: Any) -> None:
        """Add two fields a threshold: the office's own figure, and why."""
        super().__init__(*args, **kwargs)
        self.thresholds = list(thresholds)
        for line in self.thresholds:
            self.fields[line.field] = forms.CharField(
                label=line.words,
                max_length=20,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                help_text=line.stands,
            )
            self.fields[f"{line.field}_why"] = forms.CharField(
                label=_("Why the office reads it otherwise"), max_length=500, required=False
            )

    def clean_fiscal_year(self) -> int:
        """Read a year in Thai or Arabic digits."""
        text = to_arabic(self.cleaned_data["fiscal_year"])
        if not (text.isdecimal() and 2500 <= int(text) <= 2700):
            raise forms.ValidationError(_("Write the year in the Buddhist era, for example 2569."))
        return int(text)

    def clean(self) -> dict[str, Any]:
        """Read the figures; one that differs from the form's needs its reason."""
        cleaned = super().clean() or {}
        for line in self.thresholds:
            text = to_arabic((cleaned.get(line.field) or "").strip()).rstrip("%").strip()
            if not text:
                continue
            try:
                value = line.value_of(text)
            except InvalidOperation:
                self.add_error(line.field, _("Write a number."))
                continue
            if value != line.value and not (cleaned.get(f"{line.field}_why") or "").strip():
                self.add_error(f"{line.field}_why", _("Please say why."))
        return cleaned

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each threshold."""
        return [(self[line.field], self[f"{line.field}_why"]) for line in self.thresholds]

    @property
    def readings(self) -> list[ReadingDraft]:
        """Return the figures that differ from the form's."""
        found = []
        for line in self.thresholds:
            text = to_arabic((self.cleaned_data.get(line.field) or "").strip()).rstrip("%").strip()
            if text and (value := line.value_of(text)) != line.value:
                why = str(self.cleaned_data[f"{line.field}_why"])
                found.append(ReadingDraft(line.item, line.test, line.measure, value, why))
        return found


class CommentForm(forms.Form):
    """Something said, to somebody where one is chosen."""

    text = forms.CharField(
        label=_("Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    for_user = forms.ChoiceField(label=_("Ask somebody"), required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        """Offer the people of the office."""
        super().__init__(*args, **kwargs)
        self.fields["for_user"].choices = [("", _("Nobody in particular"))] + [  # type: ignore[attr-defined]
            (str(one.user_id), one.name) for one in people
        ]

    @property
    def for_user_id(self) -> int | None:
        """Return the account that is asked; None where nobody is."""
        chosen = self.cleaned_data["for_user"]
        return int(chosen) if chosen else None


class NewParagraphForm(forms.Form):
    """A new paragraph under a heading."""

    KINDS: ClassVar = [
        ("point", _("Point")),
        ("text", _("Running text")),
        ("period", _("Sub-heading of a period")),
    ]
    text = forms.CharField(
        label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    role = forms.ChoiceField(label=_("Kind"), choices=KINDS, initial="point")
    mark = forms.CharField(label=_("Number"), max_length=20, required=False)
    section = forms.CharField(widget=forms.HiddenInput, max_length=20)

    def clean_text(self) -> str:
        """Keep to what the return can print: single spaces."""
        return " ".join(str(self.cleaned_data["text"]).split())

    def clean(self) -> dict[str, Any]:
        """A period stands in parentheses and begins with ช่วง, as the form prints it."""
        cleaned = super().clean() or {}
        text = cleaned.get("text", "")
        if cleaned.get("role") == "period" and text and not text.startswith("("):
            inner = text if text.startswith("ช่วง") else f"ช่วง{text}"
            cleaned["text"] = f"({inner})"
        return cleaned


class CommitmentForm(forms.Form):
    """The words and the day of a commitment, with the version that the writer saw."""

    text = forms.CharField(
        label=_("What will be done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = BuddhistDateField(label=_("Due on"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
