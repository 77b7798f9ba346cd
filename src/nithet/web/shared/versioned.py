"""Forms over records that somebody else may change at the same time."""

from django import forms
from django.core.validators import MinValueValidator


class Versioned(forms.Form):
    """A form that knows which version of a record its writer had before them."""

    # A validator and not `min_value`, which would stand in the page as an attribute that a hidden input must not have.
    version = forms.IntegerField(widget=forms.HiddenInput, validators=[MinValueValidator(1)])
