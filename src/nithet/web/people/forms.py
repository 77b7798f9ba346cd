"""What is typed on the pages of people. Whatever is chosen by id is looked up among what the actor may see."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.committees import Committee, CommitteeMember
from nithet.domain.directory.models.staff import Assignment, Position
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.directory.queries.staff import (
    list_groups,
    list_people,
    list_positions,
    list_units,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.roles import SCHOOL_STAFF, Role
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.ui.fields import BuddhistDateField
from nithet.kernel import clock
from nithet.web.shared.versioned import Versioned


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit by its full name."""

    def label_from_instance(self, obj: Unit) -> str:
        """Show the full name."""
        return obj.name


class PostingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A posting by its person."""

    def label_from_instance(self, obj: Posting) -> str:
        """Show person and position."""
        return f"{obj.user} · {obj.title or obj.get_role_display()}"


class Days(forms.Form):
    """From a day to a day."""

    starts_on = BuddhistDateField(label=_("From"), required=False)
    ends_on = BuddhistDateField(label=_("Until"), required=False, help_text=_("Leave empty while it lasts."))


class GroupForm(Days):
    """A group of the office."""

    name = forms.CharField(label=_("Name of the group"), max_length=250)
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    place = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=99, initial=0)
    field_order: Any = ("name", "short_name", "place", "starts_on", "ends_on")


class GroupEditForm(GroupForm, Versioned):
    """A group that is changed."""


class ExpertForm(Days):
    """An outside expert."""

    title = forms.CharField(label=_("Position title"), max_length=200)
    holder_name = forms.CharField(label=_("Name"), max_length=200, required=False)
    field = forms.CharField(label=_("Field of expertise"), max_length=200)
    workplace = forms.CharField(label=_("Place of work"), max_length=200, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    field_order: Any = ("title", "holder_name", "field", "workplace", "phone", "starts_on", "ends_on")


class ExpertEditForm(ExpertForm, Versioned):
    """An expert whose entry is changed."""


class DutyForm(Days):
    """A duty of a position."""

    position: Any = forms.ModelChoiceField(label=_("Position"), queryset=None)
    kind = forms.ChoiceField(label=_("Kind of duty"), choices=Assignment.Kind.choices)
    school: Any = forms.ModelChoiceField(
        label=_("School"), queryset=None, required=False
    )
    text = forms.CharField(label=_("What is to be done"), max_length=300, required=False)
    order_number = forms.CharField(label=_("Number of the order"), max_length=80, required=False)
    field_order: Any = ("position", "kind", "school", "text", "order_number", "starts_on", "ends_on")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        """Offer what the actor may see."""
        super().__init__(*args, **kwargs)
        _offer(self, "position", _standing_positions(actor))
        if "school" in self.fields:
            _offer(self, "school", list_schools(actor))


class DutyEditForm(DutyForm, Versioned):
    """A duty that moves to another position or ends."""

    kind = None  # type: ignore[assignment]
    school = None
    text = None  # type: ignore[assignment]


def _standing_positions(actor: Actor) -> Any:
    return list_positions(actor, clock.today()).filter(taken_back_at__isnull=True)


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    field.queryset = rows  # type: ignore[attr-defined]


class PositionEditForm(Days, Versioned):
    """A position that is changed; its unit and role stay."""

    title = forms.CharField(label=_("Position title"), max_length=200)
    number = forms.CharField(label=_("Number of the position"), max_length=40, required=False)
    group: Any = forms.ModelChoiceField(
        label=_("Group"), queryset=None, required=False
    )
    field_order: Any = ("title", "number", "group", "starts_on", "ends_on", "version")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        """Offer the office's groups."""
        super().__init__(*args, **kwargs)
        _offer(self, "group", list_groups(actor).filter(taken_back_at__isnull=True))


class PositionForm(PositionEditForm):
    """A position that is entered."""

    version = None  # type: ignore[assignment]
    unit = UnitChoice(label=_("Where"), queryset=Unit.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    field_order: Any = ("unit", "role", "title", "number", "group", "starts_on", "ends_on")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        """Offer the office's units."""
        super().__init__(actor, *args, **kwargs)
        _offer(self, "unit", list_units(actor))


class FillForm(forms.Form):
    """Who fills a position."""

    posting = PostingChoice(label=_("Person"), queryset=Posting.objects.none())

    def __init__(self, position: Position, *args: Any, **kwargs: Any) -> None:
        """Offer those who work at the position's unit today."""
        super().__init__(*args, **kwargs)
        rows = Posting.objects.on(clock.today()).filter(unit=position.unit_id, limited_to="")
        _offer(self, "posting", rows.select_related("user").order_by("user__display_name", "pk"))


class SchoolsForm(forms.Form):
    """Schools of a position."""

    schools: Any = forms.ModelMultipleChoiceField(
        label=_("Schools"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    starts_on = BuddhistDateField(label=_("From"), required=False)
    order_number = forms.CharField(label=_("Number of the order"), max_length=80, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        """Offer the office's schools."""
        super().__init__(*args, **kwargs)
        _offer(self, "schools", list_schools(actor))


class CommitteeForm(Days):
    """A committee that is entered."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[one for one in Committee.Kind.choices if one[0] != Committee.Kind.SCHOOL_BOARD],
    )
    name = forms.CharField(label=_("Name of the committee"), max_length=250)
    order_number = forms.CharField(label=_("Number of the order"), max_length=80, required=False)
    field_order: Any = ("kind", "name", "order_number", "starts_on", "ends_on")


class BoardForm(Days):
    """A school's board that is entered."""

    school: Any = forms.ModelChoiceField(label=_("School"), queryset=None)
    name = forms.CharField(
        label=_("Name of the committee"), max_length=250, initial="คณะกรรมการสถานศึกษาขั้นพื้นฐาน"
    )
    order_number = forms.CharField(label=_("Number of the order"), max_length=80, required=False)
    field_order: Any = ("school", "name", "order_number", "starts_on", "ends_on")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        """Offer the office's schools."""
        super().__init__(*args, **kwargs)
        _offer(self, "school", list_schools(actor))


class CommitteeEditForm(Days, Versioned):
    """A committee that is changed."""

    name = forms.CharField(label=_("Name of the committee"), max_length=250)
    order_number = forms.CharField(label=_("Number of the order"), max_length=80, required=False)
    field_order: Any = ("name", "order_number", "starts_on", "ends_on", "version")


class SeatForm(Days):
    """A seat of a committee."""

    seat = forms.ChoiceField(
        label=_("Seat"), choices=CommitteeMember.Seat.choices, initial=CommitteeMember.Seat.MEMBER
    )
    title = forms.CharField(label=_("Position or representing"), max_length=250)
    holder_name = forms.CharField(label=_("Name"), max_length=200, required=False)
    user: Any = forms.ModelChoiceField(
        label=_("Account, where the member has one"), queryset=None, required=False
    )
    field_order: Any = ("seat", "title", "holder_name", "user", "starts_on", "ends_on")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        """Offer the office's people to those who may see them."""
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            _offer(self, "user", list_people(actor, state="open").order_by("display_name"))


class SeatEditForm(SeatForm, Versioned):
    """A seat that is changed."""

    user = None


INVITED_ROLES = [one for one in Role.choices if one[0] != Role.ASSESSOR]
"""An assessor is invited from a round, because the role is good for that one frozen copy and nothing else."""
OFFICE_ROLES = [one for one in Role.choices if Role(one[0]) not in SCHOOL_STAFF]


class InviteForm(forms.Form):
    """One person who is invited."""

    display_name = forms.CharField(
        label=_("Name or position title that pages show"), max_length=200
    )
    role = forms.ChoiceField(label=_("Role"), choices=INVITED_ROLES)
    unit = UnitChoice(label=_("Where"), queryset=Unit.objects.none())
    title = forms.CharField(label=_("Position title"), max_length=200, required=False)
    fills: Any = forms.ModelChoiceField(
        label=_("Fills the vacant position"), queryset=None, required=False
    )
    posting_starts_on = BuddhistDateField(label=_("Works here from"), required=False)
    posting_ends_on = BuddhistDateField(
        label=_("Works here until"), required=False, help_text=_("Leave empty while it lasts.")
    )
    expires_on = BuddhistDateField(label=_("The invitation is good until"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        """Offer units and vacant positions."""
        super().__init__(*args, **kwargs)
        _offer(self, "unit", list_units(actor))
        _offer(self, "fills", _standing_positions(actor).filter(is_held=False))
        self.fields["unit"].initial = actor.office_id
        self.fields["expires_on"].initial = clock.today() + timedelta(days=14)


class ExpiryForm(forms.Form):
    """Until when something is good."""

    expires_on = BuddhistDateField(label=_("The invitation is good until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Propose two weeks."""
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = clock.today() + timedelta(days=30)


class PostForm(Days):
    """A further posting of somebody who has an account."""

    role = forms.ChoiceField(label=_("Role"), choices=INVITED_ROLES)
    unit = UnitChoice(label=_("Where"), queryset=Unit.objects.none())
    title = forms.CharField(label=_("Position title"), max_length=200, required=False)
    field_order: Any = ("role", "unit", "title", "starts_on", "ends_on")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        """Offer the office's units."""
        super().__init__(*args, **kwargs)
        _offer(self, "unit", list_units(actor))


class EndForm(Versioned):
    """The last day of something."""

    ends_on = BuddhistDateField(label=_("Last day"))
    field_order: Any = ("ends_on", "version")


class TransferForm(Versioned):
    """Where to, and from which day."""

    unit = UnitChoice(label=_("To"), queryset=Unit.objects.none())
    starts_on = BuddhistDateField(label=_("Works there from"))
    title = forms.CharField(label=_("Position title"), max_length=200, required=False)
    field_order: Any = ("unit", "starts_on", "title", "version")

    def __init__(self, actor: Actor, posting: Posting, *args: Any, **kwargs: Any) -> None:
        """Offer the other units of the same kind."""
        super().__init__(*args, **kwargs)
        rows = list_units(actor).filter(kind=posting.unit.kind).exclude(pk=posting.unit_id)
        _offer(self, "unit", rows)


class PowerForm(Days):
    """An order by which one person acts for another."""

    user: Any = forms.ModelChoiceField(label=_("Person"), queryset=None)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Power.Kind.choices, widget=forms.RadioSelect
    )
    role = forms.ChoiceField(label=_("For the holder of"), choices=INVITED_ROLES)
    unit = UnitChoice(label=_("Where"), queryset=Unit.objects.none())
    order_number = forms.CharField(label=_("Number of the order"), max_length=80)
    starts_on = BuddhistDateField(label=_("From"))
    field_order: Any = ("user", "kind", "role", "unit", "order_number", "starts_on", "ends_on")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        """Offer the office's people and units."""
        super().__init__(*args, **kwargs)
        _offer(self, "user", list_people(actor, state="open").order_by("display_name"))
        _offer(self, "unit", list_units(actor))
        self.fields["unit"].initial = actor.office_id


class HandoverForm(forms.Form):
    """To whom, and from which day."""

    successor: Any = forms.ModelChoiceField(label=_("Successor"), queryset=None)
    handed_on = BuddhistDateField(label=_("The successor works from"))

    def __init__(self, actor: Actor, person_id: int, *args: Any, **kwargs: Any) -> None:
        """Offer everybody else of the office."""
        super().__init__(*args, **kwargs)
        rows = list_people(actor, state="open").exclude(pk=person_id)
        _offer(self, "successor", rows.order_by("display_name"))
        self.fields["handed_on"].initial = clock.today()


class JoinForm(forms.Form):
    """What an invited person chooses for themselves."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Letters, digits and . @ + - _ ; you type it whenever you sign in."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least ten characters; several words that only you connect are easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Compare the two passwords."""
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords differ."))
        return given
