"""What the history is narrowed to, by its address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.foundation.ui.fields import BuddhistDateField

OTHER = "other"


class HistoryFilter(forms.Form):
    """Person, kind of record, from a day to a day."""

    person = forms.TypedChoiceField(label=_("Who"), coerce=int, required=False, empty_value=None)
    kind = forms.ChoiceField(label=_("Kind of record"), required=False)
    first = BuddhistDateField(label=_("From the day"), required=False)
    last = BuddhistDateField(label=_("To the day"), required=False)

    def __init__(
        self, data: Any, *, people: list[tuple[int, str]], kinds: list[tuple[str, str]]
    ) -> None:
        """Offer the people and kinds that the history knows."""
        super().__init__(data)
        self.fields["person"].choices = [("", _("Everybody")), *people]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]
