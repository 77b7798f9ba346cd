"""Forms of devices."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DeviceForm(forms.Form):
    """The name of a new device."""

    name = forms.CharField(
        label=_("Name of the device"),
        max_length=120,
        help_text=_("By which you know it, such as “office tablet 3”."),
    )


class DecisionForm(forms.Form):
    """Why a submission is set aside."""

    decision = forms.CharField(
        label=_("Why it is set aside"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is kept, and counts nowhere."),
    )
