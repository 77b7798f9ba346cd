"""Broken rules, said where the reader can mend them."""

from django import forms

from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel.errors import RuleBroken


def tell_at_field(form: forms.Form, error: RuleBroken, field: str = "") -> None:
    """Say a broken rule at the input at fault (or at `field`, whatever the rule names), else above the form."""
    at = field or error.field
    form.add_error(at if at in form.fields else None, told(error))
