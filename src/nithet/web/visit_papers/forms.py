"""What is typed and picked on the pages of the papers of visits."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nithet.domain.supervision.actions.visit_news import LONGEST_WORDS
from nithet.domain.supervision.queries.visit_news import MOST_PHOTOS
from nithet.foundation.documents.templates.package import LARGEST_BYTES
from nithet.foundation.ui.fields import BuddhistDateField, FilePickWidget


def _fits(file: UploadedFile) -> None:
    if (file.size or 0) > LARGEST_BYTES:
        words = gettext("The file is larger than %(megabytes)d MB.")
        raise ValidationError(words % {"megabytes": LARGEST_BYTES // 1_000_000}, code="too_large")


class NumberForm(forms.Form):
    """Number and day of a paper."""

    number = forms.CharField(label=_("Number"), required=False, max_length=80)
    dated = BuddhistDateField(label=_("Dated"), required=False)


class EditedForm(forms.Form):
    """A paper that was changed in Word."""

    file = forms.FileField(
        label=_("Edited Word file (.docx)"),
        validators=[_fits],
        widget=FilePickWidget(
            accept=".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        ),
    )
    why = forms.CharField(label=_("What is new"), required=False, max_length=500)


class NewsForm(forms.Form):
    """Headline, words and photographs of the photo news."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    headline = forms.CharField(label=_("Headline"), max_length=120)
    words = forms.CharField(
        label=_("News, some eighty words"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photos = forms.MultipleChoiceField(
        label=_("Photographs, at most four"), required=False, widget=forms.CheckboxSelectMultiple
    )
    faces = forms.ChoiceField(
        label=_("Faces of children"),
        widget=forms.RadioSelect,
        choices=[
            ("no", _("I looked at every photograph: no child can be recognised")),
            ("yes", _("Children can be recognised")),
        ],
    )
    consent = forms.CharField(
        label=_("Where the consent to show them lies"), required=False, max_length=300
    )

    def __init__(self, *args: Any, photos: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the photographs of the visit."""
        super().__init__(*args, **kwargs)
        self.fields["photos"].choices = list(photos)  # type: ignore[attr-defined]

    def clean_photos(self) -> list[int]:
        """Read at most four."""
        chosen = [int(key) for key in self.cleaned_data["photos"]]
        if len(chosen) > MOST_PHOTOS:
            raise ValidationError(gettext("Choose at most four photographs."), code="many")
        return chosen
