"""Files and years that are typed on the pages of returns."""

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.foundation.ui.fields import FilePickWidget


class ImportForm(forms.Form):
    """An old return, and the fiscal year that it tells of."""

    file = forms.FileField(
        label=_("Old return (Word or text)"),
        widget=FilePickWidget(accept=".docx,.txt"),
        help_text=_("The file is read first; nothing becomes a record before you confirm it."),
    )
    year = forms.IntegerField(
        label=_("Fiscal year (B.E.)"),
        min_value=2500,
        max_value=2700,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
    )


class EditedForm(forms.Form):
    """The Word file that went out and comes back."""

    file = forms.FileField(label=_("Edited Word file"), widget=FilePickWidget(accept=".docx"))
