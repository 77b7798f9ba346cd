"""Files and years that are typed on the pages of returns."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nithet.domain.returns.models import SentMark
from nithet.domain.returns.reader import refusals
from nithet.foundation.ui.fields import BuddhistDateField, FilePickWidget


def no_larger_than_a_return(file: UploadedFile) -> None:
    """Refuse a file that is too large to be a return before it is read into memory."""
    if (file.size or 0) > refusals.MAX_FILE_BYTES:
        error = refusals.too_large(refusals.MAX_FILE_BYTES)
        raise ValidationError(gettext(error.message) % error.params, code=error.code)


class ImportForm(forms.Form):
    """An old return, and the fiscal year that it tells of."""

    file = forms.FileField(
        label=_("Old return (Word or text)"),
        widget=FilePickWidget(accept=".docx,.txt"),
        validators=[no_larger_than_a_return],
        help_text=_("The file is read first; nothing becomes a record before you confirm it."),
    )
    year = forms.IntegerField(
        label=_("Fiscal year (B.E.)"),
        min_value=2500,
        max_value=2700,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}
        ),
    )


class SentForm(forms.Form):
    """Where and when a return was handed in."""

    system = forms.ChoiceField(label=_("System"), choices=SentMark.System.choices)
    sent_on = BuddhistDateField(label=_("Sent on"))
    number = forms.CharField(label=_("Number of receipt"), max_length=80, required=False)


class EditedForm(forms.Form):
    """The Word file that went out and comes back."""

    file = forms.FileField(
        label=_("Edited Word file"),
        widget=FilePickWidget(accept=".docx"),
        validators=[no_larger_than_a_return],
    )
