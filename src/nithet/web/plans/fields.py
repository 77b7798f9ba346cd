"""Fields of plans: amounts as people type them."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nithet.foundation.ui.words import amount_words
from nithet.kernel.numerals import to_arabic

LONGEST = 30


class AmountField(forms.CharField):
    """An amount in Thai or Arabic digits, with or without commas and the word "บาท"; cleans to a `Decimal` or None."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask phones for their keys of digits."""
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(max_length=LONGEST, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a kept amount with its commas."""
        return amount_words(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        """Read the amount."""
        text = to_arabic(str(super().clean(value))).replace(",", "").replace("บาท", "").strip()
        if not text:
            return None
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = None
        if amount is None or not amount.is_finite():
            raise ValidationError(_("Write an amount in digits, for example 12,500.50."), "amount")
        return amount
