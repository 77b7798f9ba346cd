"""Broken rules, said at the field of a form."""

from django import forms
from django.utils.translation import gettext

from nithet.kernel.errors import RuleBroken


def put(form: forms.Form, error: RuleBroken) -> None:
    """Say a broken rule at the field it names, or at the form."""
    words = gettext(error.message) % error.params
    form.add_error(error.field if error.field in form.fields else None, words)
