"""What a person types on their own pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SpeakerForm(forms.Form):
    """Who sits at the school's desk now."""

    speaker = forms.CharField(
        label=_("Your name and position"),
        help_text=_(
            "Every answer from this desk will read: on behalf of the school, by this name."
        ),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
