"""What is typed on the pages of schools. Whatever is chosen by id is looked up among what the actor may see."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.arrangements import LegalAct
from nithet.domain.directory.models.census import TestResult
from nithet.domain.directory.models.populations import Population
from nithet.domain.directory.models.schools import Network, School
from nithet.domain.directory.policy.schools import visible_networks
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.directory.rules.levels import LEVELS
from nithet.domain.directory.rules.list_columns import FIELD_OF, FIELDS
from nithet.domain.directory.rules.sizes import size_schemes
from nithet.foundation.access.actors import Actor
from nithet.foundation.ui.fields import BuddhistDateField, FilePickWidget
from nithet.web.directory.fields import (
    Decimals,
    Levels,
    NetworkChoice,
    Number,
    SchoolChoice,
    SchoolsChoice,
    YesNo,
)
from nithet.web.directory.parts import label_of
from nithet.web.shared.versioned import Versioned


def _field(name: str, **kwargs: Any) -> dict[str, Any]:
    return {"label": School._meta.get_field(name).verbose_name, "required": False, **kwargs}  # type: ignore[union-attr]


class ContactForm(Versioned):
    """How a school is reached and with what it works: what the school itself may put right."""

    telephone = forms.CharField(max_length=80, **_field("telephone"))
    telephone_answers = YesNo(label=_("Telephone that is answered"))
    connectivity = forms.ChoiceField(
        choices=[("", _("not known")), *School.Connectivity.choices], **_field("connectivity")
    )
    office_computers = Number(label=_("Computers for administration"), max_value=1000)
    has_dltv = YesNo(label=_("DLTV set"))
    has_meeting_camera = YesNo(label=_("Camera for meetings"))
    latitude = Decimals(
        min_value=-90, max_value=90, max_digits=9, decimal_places=6, **_field("latitude")
    )
    longitude = Decimals(
        min_value=-180, max_value=180, max_digits=9, decimal_places=6, **_field("longitude")
    )


class SchoolForm(ContactForm):
    """Everything the office keeps of a school beside codes and figures."""

    name = forms.CharField(label=_("School name"), max_length=250)
    network = NetworkChoice(
        queryset=None, label=_("Network"), required=False, empty_label=_("none")
    )
    province = forms.CharField(max_length=80, **_field("province"))
    district = forms.CharField(max_length=80, **_field("district"))
    subdistrict = forms.CharField(max_length=80, **_field("subdistrict"))
    levels = Levels(help_text=_("Like อ.2-ป.6 or ม.1-ม.3"), **_field("levels"))
    head_status = forms.ChoiceField(
        choices=[("", _("not known")), *School.Head.choices], **_field("head_status")
    )
    acting_order = forms.CharField(
        max_length=120,
        help_text=_("Number and date of the order, where somebody acts"),
        **_field("acting_order"),
    )
    field_order = (
        *(
            "name",
            "network",
            "levels",
            "head_status",
            "acting_order",
            "subdistrict",
            "district",
            "province",
        ),
        *(
            "telephone",
            "telephone_answers",
            "connectivity",
            "office_computers",
            "has_dltv",
            "has_meeting_camera",
        ),
        *("latitude", "longitude"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        """Offer the networks of the office."""
        super().__init__(*args, **kwargs)
        networks = visible_networks(actor).select_related("unit").order_by("unit__name_key")
        self.fields["network"].queryset = networks  # type: ignore[attr-defined]


class CodesForm(Versioned):
    """The codes of a school, as text."""

    smis_code = forms.CharField(
        label=_("SMIS code"), required=False, max_length=20, help_text=_("8 digits")
    )
    moe_code = forms.CharField(
        label=_("Ministry of Education code (10 digits)"), required=False, max_length=20
    )
    onesqa_code = forms.CharField(label=_("ONESQA code"), required=False, max_length=20)
    other_code = forms.CharField(label=_("Other code"), required=False, max_length=20)


class CensusForm(forms.Form):
    """Figures of a school as at a day."""

    as_at = BuddhistDateField(label=_("As at"))
    pupils = Number(
        label=_("Pupils"),
        max_value=20_000,
        help_text=_("Leave empty where the classes below are filled."),
    )
    rooms = Number(label=_("Classes"), max_value=500)
    teachers = Number(label=_("Teachers present"), max_value=1000)
    teachers_entitled = Number(label=_("Teachers entitled"), max_value=1000)
    teacher_per_class = YesNo(label=_("A teacher for each class"))
    teachers_on_major = Number(label=_("Teachers on their major"), max_value=1000)
    janitors = Number(label=_("Janitors"), max_value=100)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)

    def __init__(self, *args: Any, levels: list[str], **kwargs: Any) -> None:
        """Ask for the pupils of each class the school offers."""
        super().__init__(*args, **kwargs)
        for code in levels:
            self.fields[f"level_{code}"] = Number(label=LEVELS[code], max_value=5000)

    def clean(self) -> dict[str, Any]:
        """Gather the classes; the whole follows where it was left empty."""
        cleaned: dict[str, Any] = super().clean() or {}
        names = [name for name in self.fields if name.startswith("level_")]
        by_level = {
            name.removeprefix("level_"): cleaned.pop(name) for name in names if name in cleaned
        }
        cleaned["pupils_by_level"] = {code: count for code, count in by_level.items() if count}
        if cleaned.get("pupils") is None and cleaned["pupils_by_level"]:
            cleaned["pupils"] = sum(cleaned["pupils_by_level"].values())
        return cleaned


class CensusEditForm(CensusForm, Versioned):
    """Figures that are put right; their day stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the day out."""
        super().__init__(*args, **kwargs)
        del self.fields["as_at"]


class ResultForm(forms.Form):
    """A result of a national test."""

    test = forms.ChoiceField(label=_("Test"), choices=TestResult.Test.choices)
    academic_year = Number(label=_("Academic year"), min_value=2540, max_value=2700, required=True)
    subject = forms.CharField(label=_("Subject"), max_length=80)
    tested = Number(label=_("Pupils tested"), min_value=1, max_value=20_000, required=True)
    mean = Decimals(label=_("Mean score"), min_value=0, max_digits=6, decimal_places=2)
    full_marks = Number(
        label=_("Full marks"), initial=100, min_value=1, max_value=1000, required=True
    )
    source = forms.CharField(label=_("Source"), max_length=200, required=False)


class ResultEditForm(ResultForm, Versioned):
    """A result that is put right; test, year and subject stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out what it is a result of."""
        super().__init__(*args, **kwargs)
        for name in ("test", "academic_year", "subject"):
            del self.fields[name]


class JoiningForm(forms.Form):
    """Schools whose pupils learn at a host."""

    host = SchoolChoice(queryset=None, label=_("Host school"))
    partners = SchoolsChoice(
        queryset=None,
        label=_("Schools that learn there"),
        widget=forms.SelectMultiple({"size": "8"}),
        help_text=_("Hold Ctrl to choose several."),
    )
    classes = Levels(
        label=_("Classes that go"), required=False, help_text=_("Like ป.4-ป.6. Empty: all classes.")
    )
    starts_on = BuddhistDateField(label=_("From"))
    ends_on = BuddhistDateField(
        label=_("Until"), required=False, help_text=_("Leave empty while it lasts.")
    )
    note_text = forms.CharField(label=_("Agreement or order"), max_length=250, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        """Offer the schools of the office."""
        super().__init__(*args, **kwargs)
        for name in ("host", "partners"):
            self.fields[name].queryset = list_schools(actor)  # type: ignore[attr-defined]


class JoiningEditForm(Versioned):
    """From when until when schools learn together."""

    starts_on = BuddhistDateField(label=_("From"))
    ends_on = BuddhistDateField(
        label=_("Until"), required=False, help_text=_("Leave empty while it lasts.")
    )
    note_text = forms.CharField(label=_("Agreement or order"), max_length=250, required=False)


class ActDates(forms.Form):
    """Number and dates of an announcement."""

    order_number = forms.CharField(label=_("Number of the announcement"), max_length=120)
    ordered_on = BuddhistDateField(label=_("Dated"))
    effective_on = BuddhistDateField(label=_("In force from"))


class ActForm(ActDates):
    """An announcement that merges or closes a school."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=LegalAct.Kind.choices, widget=forms.RadioSelect
    )
    into = SchoolChoice(
        queryset=None,
        label=_("Merged into"),
        required=False,
        help_text=_("Only for a merger."),
    )
    field_order = ("kind", "into", "order_number", "ordered_on", "effective_on")

    def __init__(self, *args: Any, actor: Actor, school: School, **kwargs: Any) -> None:
        """Offer the other schools of the office."""
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = list_schools(actor).exclude(pk=school.pk)  # type: ignore[attr-defined]


class ActEditForm(ActDates, Versioned):
    """An announcement that is put right."""


class ChairForm(forms.Form):
    """The chair of a network in a year."""

    academic_year = Number(label=_("Academic year"), min_value=2540, max_value=2700, required=True)
    school = SchoolChoice(queryset=None, label=_("School of the chair"))
    order_number = forms.CharField(label=_("Number of the order"), max_length=80, required=False)

    def __init__(self, *args: Any, actor: Actor, network: Network, **kwargs: Any) -> None:
        """Offer the schools of the network."""
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = list_schools(actor).filter(network=network)  # type: ignore[attr-defined]


class PopulationForm(forms.Form):
    """What "every school" means from a day on."""

    name = forms.CharField(label=_("Name"), max_length=120, initial="ทุกโรงเรียน")
    as_at = BuddhistDateField(label=_("As at"))
    rule = forms.ChoiceField(
        label=_("Rule"), choices=Population.Rule.choices, widget=forms.RadioSelect
    )
    source = forms.CharField(label=_("Source"), max_length=200, required=False)


class SchemeForm(forms.Form):
    """The scheme by which the office sizes its schools."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    scheme = forms.ChoiceField(label=_("Scheme"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the shipped schemes, each with its source."""
        super().__init__(*args, **kwargs)
        choices = [(key, f"{label_of(one)} ({one.source})") for key, one in size_schemes().items()]
        self.fields["scheme"].choices = choices  # type: ignore[attr-defined]


class ListForm(forms.Form):
    """A file with schools."""

    file = forms.FileField(
        label=_("File with schools"),
        widget=FilePickWidget(accept=".xlsx,.csv,.txt"),
        help_text=_(
            "Excel (.xlsx) or CSV. Headings in Thai or English; Thai digits and พ.ศ. are read."
        ),
    )


class MatchingForm(forms.Form):
    """What each column means."""

    def __init__(
        self, *args: Any, headers: list[str], matches: dict[str, str], **kwargs: Any
    ) -> None:
        """Ask for each heading; it is offered what it most likely means."""
        super().__init__(*args, **kwargs)
        choices = [("", _("passed over")), *((field.key, _(field.title)) for field in FIELDS)]
        self.headers = headers
        for at, header in enumerate(headers):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=header,
                choices=choices,
                required=False,
                initial=matches.get(header, ""),
                widget=forms.Select({"class": "control"}),
            )

    def matches(self) -> dict[str, str]:
        """Return heading -> field as chosen."""
        return {header: self.cleaned_data[f"column_{at}"] for at, header in enumerate(self.headers)}


def field_title(key: str) -> str:
    """Return the name of a list's field in the reader's language."""
    return str(_(FIELD_OF[key].title))


CENSUS_FIGURES = [name for name in CensusForm.base_fields if name != "as_at"]
