"""What search knows of schools, networks and committees."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models import Prefetch
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory.models.committees import Committee, CommitteeMember
from nithet.domain.directory.models.schools import Network, School
from nithet.domain.directory.policy.committees import visible_committees
from nithet.domain.directory.policy.schools import visible_networks, visible_to
from nithet.domain.directory.refs import SCHOOL
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs import registry as refs
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved
from nithet.foundation.search.registry import SearchDocument, register

NETWORK = "directory.network"
COMMITTEE = "directory.committee"


def _schools(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = School.objects.all() if ids is None else School.objects.filter(pk__in=ids)
    for row in rows.select_related("unit", "network__unit").prefetch_related("codes"):
        codes = [row.smis_code, row.unit.code, *(code.code for code in row.codes.all())]
        place = [row.subdistrict, row.district, row.province]
        lines = [" ".join(dict.fromkeys(filter(None, codes))), " ".join(filter(None, place))]
        if row.network:
            lines.append(str(row.network))
        yield SearchDocument(SCHOOL, str(row.pk), row.office_id, row.unit.name, "\n".join(lines))


def _networks(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Network.objects.all() if ids is None else Network.objects.filter(pk__in=ids)
    for row in rows.select_related("unit"):
        yield SearchDocument(NETWORK, str(row.pk), row.office_id, row.unit.name)


def _committees(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Committee.objects.all() if ids is None else Committee.objects.filter(pk__in=ids)
    members = Prefetch("members", queryset=standing(CommitteeMember.objects.all()))
    for row in standing(rows).prefetch_related(members):
        lines = [row.get_kind_display(), row.order_number, *(str(one) for one in row.members.all())]
        yield SearchDocument(
            COMMITTEE, str(row.pk), row.office_id, row.name, "\n".join(filter(None, lines))
        )


def _schools_of_networks(ids: Collection[str]) -> Iterable[object]:
    return School.objects.filter(network__in=row_keys(ids)).values_list("pk", flat=True)


def _every_school(ids: Collection[str]) -> Iterable[object]:
    return School.objects.values_list("pk", flat=True)


def _every_network(ids: Collection[str]) -> Iterable[object]:
    return Network.objects.values_list("pk", flat=True)


def _committees_of_members(ids: Collection[str]) -> Iterable[object]:
    return CommitteeMember.objects.filter(pk__in=row_keys(ids)).values_list("committee_id", flat=True)


def _name_networks(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    """A network leads to the schools in it."""
    rows = visible_networks(actor).filter(pk__in=row_keys(ids)).select_related("unit")
    return {
        str(row.pk): Resolved(
            RecordRef(NETWORK, str(row.pk)),
            str(row),
            _address("directory:schools", f"?network={row.pk}"),
        )
        for row in rows
    }


def _name_committees(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    return {
        str(row.pk): Resolved(
            RecordRef(COMMITTEE, str(row.pk)),
            row.name,
            _address("directory:committee", "", row.pk) or _address("directory:committees"),
        )
        for row in standing(visible_committees(actor)).filter(pk__in=row_keys(ids))
    }


def _address(name: str, query: str = "", *arguments: int) -> str | None:
    try:
        return reverse(name, args=arguments) + query
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Make the kinds of this package searchable, and name those that nobody names yet."""
    named = {NETWORK: _name_networks, COMMITTEE: _name_committees}
    for kind, resolver in named.items():
        if kind not in refs.kinds():
            refs.register(kind, resolver)
    register(
        SCHOOL,
        _("Schools"),
        _schools,
        visible=visible_to,
        icon="school",
        order=10,
        touched_by={
            NETWORK: _schools_of_networks,
            "directory.schoollist": _every_school,
            "directory.schoolcode": _every_school,
        },
    )
    register(
        NETWORK,
        _("School networks"),
        _networks,
        visible=visible_networks,
        icon="school",
        order=11,
        touched_by={"directory.schoollist": _every_network},
    )
    register(
        COMMITTEE,
        _("Committees"),
        _committees,
        visible=visible_committees,
        icon="person",
        order=12,
        touched_by={"directory.committeemember": _committees_of_members},
    )
