"""What an office's administrator chooses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.foundation.tenancy.models import OfficeSettings
from nithet.foundation.ui.fields import FilePickWidget


class OfficeForm(forms.Form):
    """The settings of an office."""

    name = forms.CharField(label=_("Full name of the office"), max_length=250)
    short_name = forms.CharField(label=_("Short name"), max_length=120, required=False)
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_(
            "PNG or JPEG, at most 4 MB. It is drawn anew, and nothing but the picture is kept."
        ),
        widget=FilePickWidget(accept="image/png,image/jpeg,image/webp"),
    )
    drops_logo = forms.BooleanField(label=_("Use no logo"), required=False)
    numerals = forms.ChoiceField(
        label=_("Digits on screens and papers"),
        choices=OfficeSettings.Numerals.choices,
        widget=forms.RadioSelect,
    )
    letter_prefix = forms.CharField(
        label=_("Code before the number of letters"),
        max_length=40,
        required=False,
        help_text=_(
            "As the office writes it, with the slash at the end. The running number starts again each year."
        ),
    )
    help_contact = forms.CharField(label=_("Who answers"), max_length=200, required=False)
    help_phone = forms.CharField(
        label=_("Telephone for help"),
        max_length=60,
        required=False,
        help_text=_("Printed on slips and guides."),
    )
    public_address = forms.CharField(
        label=_("Public address"),
        max_length=200,
        required=False,
        help_text=_(
            "QR codes on papers begin with it. Leave empty to use the address of the installation."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def given(self) -> dict[str, Any]:
        """Return what the action takes: the logo as bytes, None where none was picked."""
        values = dict(self.cleaned_data)
        picked = values.pop("logo", None)
        return {**values, "logo": picked.read() if picked else None}
