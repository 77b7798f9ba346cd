"""What is typed and picked on the pages of papers."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nithet.domain.papers.files import LARGEST_PDF, LARGEST_PICTURE
from nithet.domain.papers.models.letterheads import Letterhead
from nithet.foundation.documents.templates.package import LARGEST_BYTES
from nithet.foundation.ui.fields import FilePickWidget


def _no_larger(most: int, file: UploadedFile) -> None:
    if (file.size or 0) > most:
        words = gettext("The file is larger than %(megabytes)d MB.")
        raise ValidationError(words % {"megabytes": most // 1_000_000}, code="too_large")


def fits_a_paper(file: UploadedFile) -> None:
    """Refuse a Word file that is too large before it is read into memory."""
    _no_larger(LARGEST_BYTES, file)


def fits_a_pdf(file: UploadedFile) -> None:
    """Refuse a PDF that is too large before it is read into memory."""
    _no_larger(LARGEST_PDF, file)


def fits_a_picture(file: UploadedFile) -> None:
    """Refuse a picture that is too large before it is read into memory."""
    _no_larger(LARGEST_PICTURE, file)


class WordForm(forms.Form):
    """A Word file, and what is new in it."""

    file = forms.FileField(
        label=_("Word file"), widget=FilePickWidget(accept=".docx"), validators=[fits_a_paper]
    )
    why = forms.CharField(label=_("What is new"), max_length=500, required=False)


class LetterheadForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words and the emblem at the head of papers."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    emblem = forms.FileField(
        label=_("Drawing of the crest (PNG or JPEG)"),
        required=False,
        widget=FilePickWidget(accept=".png,.jpg,.jpeg"),
        validators=[fits_a_picture],
        help_text=_("Until there is one, papers show an empty frame of the right size."),
    )

    class Meta:
        """What may be worded."""

        model = Letterhead
        fields = ("group", "address", "phone", "signer_title", "digits_thai")


class PublicationForm(forms.Form):
    """A PDF that the office wants to show to everybody."""

    title = forms.CharField(label=_("Title"), max_length=300)
    item = forms.CharField(
        label=_("Item of ITA/OIT"),
        max_length=20,
        required=False,
        help_text=_("The code as this year's survey writes it, for example O12."),
    )
    file = forms.FileField(
        label=_("PDF"), widget=FilePickWidget(accept=".pdf"), validators=[fits_a_pdf]
    )
    shows_children = forms.BooleanField(label=_("Children can be recognised in it"), required=False)


class NextVersionForm(forms.Form):
    """A corrected PDF of a publication."""

    file = forms.FileField(
        label=_("PDF"), widget=FilePickWidget(accept=".pdf"), validators=[fits_a_pdf]
    )
    why = forms.CharField(label=_("What is new"), max_length=500)
    shows_children = forms.BooleanField(label=_("Children can be recognised in it"), required=False)
