"""Fields of the pages of schools: numbers in any digits, what may be unknown, classes, and choices by name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.schools import Network, School
from nithet.domain.directory.rules.levels import levels_of, said_levels
from nithet.kernel.errors import RuleBroken
from nithet.kernel.numerals import to_arabic

YES_NO = [("", _("not known")), ("yes", _("Yes")), ("no", _("No"))]
_MEANT: dict[str, bool | None] = {"": None, "yes": True, "no": False}


class Number(forms.IntegerField):
    """A whole number from 0 in any digits; empty is not known."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask the phone for its digits."""
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.TextInput({"inputmode": "numeric", "size": "8"}), **kwargs)

    def to_python(self, value: Any) -> int | None:
        """Read Thai digits and commas too."""
        return super().to_python(
            to_arabic(value).replace(",", "") if isinstance(value, str) else value
        )


class Decimals(forms.DecimalField):
    """A number with decimals in any digits."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask the phone for its digits."""
        super().__init__(widget=forms.TextInput({"inputmode": "decimal", "size": "12"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read Thai digits too."""
        return super().to_python(to_arabic(value) if isinstance(value, str) else value)


class YesNo(forms.ChoiceField):
    """Yes, no, or not known; cleans to True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer the three."""
        super().__init__(choices=YES_NO, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show what is kept."""
        return (
            {True: "yes", False: "no", None: ""}.get(value, value)
            if not isinstance(value, str)
            else value
        )

    def clean(self, value: Any) -> Any:
        """Turn the word into what it means."""
        return _MEANT[super().clean(value)]


class Levels(forms.CharField):
    """Classes as an office writes them (อ.2-ป.6); cleans to their codes."""

    def prepare_value(self, value: Any) -> Any:
        """Show codes as words."""
        return said_levels(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Read the words."""
        try:
            return levels_of(super().clean(value))
        except RuleBroken as problem:
            raise forms.ValidationError(_(problem.message) % problem.params) from problem


class NetworkChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A network by its name."""

    def label_from_instance(self, obj: Network) -> str:
        """Show the name."""
        return obj.unit.name


class SchoolChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A school by its name and district."""

    def label_from_instance(self, obj: School) -> str:
        """Show the name, and the district where it is known."""
        return f"{obj.name} · {obj.district}" if obj.district else obj.name


class SchoolsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Schools by their names."""

    def label_from_instance(self, obj: School) -> str:
        """Show the name."""
        return obj.name
