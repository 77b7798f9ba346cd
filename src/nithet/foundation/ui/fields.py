"""Form fields of this country: a date in พ.ศ. by three boxes, and files picked in Thai words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from nithet.foundation.ui.display import current_numerals, shown
from nithet.foundation.ui.words import date_words, month_names
from nithet.kernel import clock
from nithet.kernel.numerals import to_arabic
from nithet.kernel.thai_dates import be_year, ce_year

DateParts = tuple[str, str, str]


class BuddhistDateWidget(forms.Widget):
    """Day, month by name and พ.ศ. year. Without scripts the same three boxes; with them "today" and an echo."""

    template_name = "ui/widgets/be_date.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the three parts; a value is a date, or what was typed."""
        context = super().get_context(name, None, attrs)
        day, month, year = _parts(value)
        context["widget"] |= {
            "day": shown(day),
            "year": shown(year),
            "months": [(str(n), text, str(n) == month) for n, text in enumerate(month_names(), 1)],
            "today": clock.today().isoformat(),
            "numerals": current_numerals(),
            "described": context["widget"]["attrs"].get("aria-describedby", ""),
            "invalid": context["widget"]["attrs"].get("aria-invalid") == "true",
        }
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> DateParts | None:
        """Take the three parts as typed; None where all are empty."""
        day, month, year = (
            str(data.get(f"{name}_{part}", "")).strip() for part in ("day", "month", "year")
        )
        return (day, month, year) if day or month or year else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Say whether the form held no such date at all."""
        return f"{name}_day" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Point at the day."""
        return f"{id_}_day" if id_ else id_


def _parts(value: Any) -> DateParts:
    if isinstance(value, date):
        return str(value.day), str(value.month), str(be_year(value.year))
    return value if isinstance(value, tuple) else ("", "", "")


class BuddhistDateField(forms.Field):
    """A day typed in พ.ศ., Thai or Arabic digits; cleans to a `date` or None. `earliest` and `latest` are included."""

    widget = BuddhistDateWidget
    default_error_messages: ClassVar = {
        "incomplete": _("Give the day, the month and the year."),
        "digits": _("Write the day and the year in digits."),
        "era": _("Write the year in the Buddhist era, for example %(example)s."),
        "no_such_day": _("There is no such day in the calendar."),
        "early": _("The day must not be before %(date)s."),
        "late": _("The day must not be after %(date)s."),
    }

    def __init__(
        self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        """Keep the range."""
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        """Read the three parts."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        day, month, year = (to_arabic(part) for part in value)
        if not (day and month and year):
            raise self._wrong("incomplete")
        if not (day.isdecimal() and month.isdecimal() and year.isdecimal()):
            raise self._wrong("digits")
        if len(year) != len("2555") or not 2400 <= int(year) <= 2700:
            raise self._wrong("era", example=shown(str(be_year(clock.today().year))))
        try:
            return date(ce_year(int(year)), int(month[:3]), int(day[:3]))
        except ValueError:
            raise self._wrong("no_such_day") from None

    def validate(self, value: date | None) -> None:
        """Check the range."""
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise self._wrong("early", date=date_words(self.earliest))
        if value and self.latest and value > self.latest:
            raise self._wrong("late", date=date_words(self.latest))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was typed with the date shown before."""
        return _parts(initial) != tuple(to_arabic(part) for part in _parts(data))

    def _wrong(self, code: str, **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


class FilePickWidget(forms.FileInput):
    """Pick files by our own words; `camera` adds a second button that takes a photograph."""

    template_name = "ui/widgets/file_pick.html"
    use_fieldset = True

    def __init__(self, *, camera: bool = False, multiple: bool = False, accept: str = "") -> None:
        """Keep what may be picked; `accept` is as in HTML."""
        self.allow_multiple_selected = multiple
        self.camera = camera
        attrs = {"accept": accept} if accept else {}
        super().__init__({**attrs, "multiple": True} if multiple else attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what the template asks."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"camera": self.camera, "multiple": self.allow_multiple_selected}
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: "MultiValueDict[str, UploadedFile]", name: str
    ) -> Any:
        """Take every file of both buttons where several are allowed, else the one picked."""
        if self.allow_multiple_selected:
            return files.getlist(name)
        return files.get(name)


class FilesField(forms.FileField):
    """One or several files; cleans to a list, empty where none was picked and none is required."""

    widget = FilePickWidget

    def __init__(self, *, camera: bool = False, accept: str = "", **kwargs: Any) -> None:
        """Allow several."""
        kwargs.setdefault("widget", FilePickWidget(camera=camera, multiple=True, accept=accept))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Clean every file alone; an empty one is an error of its own."""
        if not data:
            super().clean(None, initial)
            return []
        return [super(FilesField, self).clean(one, initial) for one in data]
