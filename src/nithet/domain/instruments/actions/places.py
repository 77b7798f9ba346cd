"""Which of several submissions of one filled-in form stands: of its edits and rivals at most one counts as current."""

from collections.abc import Iterator

from django.db.models import Q

from nithet.domain.instruments.models.submissions import Submission

ACCEPTED, SET_ASIDE = Submission.State.ACCEPTED, Submission.State.SET_ASIDE


def take_place(row: Submission) -> None:
    """Let a submission that counts be the only one that stands; `replaces` becomes the one that stood. Not saved.

    Inside an action, the row locked or new. Where nothing stood, what it directly changes or rivals gives way all the same.
    """
    others = _related(row)
    stood = [one for one in others if _stands(one)]
    direct = {row.replaces_id, row.rival_of_id}
    for one in others:
        if one.is_current and (one.state == ACCEPTED or one.pk in direct):
            one.is_current = False
            one.save(update_fields=["is_current"])
    if stood:
        # Whoever makes records of submissions changes the record of this one instead of making a second.
        row.replaces = stood[-1]
    elif row.replaces_id is None:
        row.replaces = row.rival_of


def give_back(row: Submission) -> None:
    """Let what a submission had taken the place of stand again, unless something else of the same form stands.

    To be called when the row does not count any more. What was set aside stays so.
    """
    others = {one.pk: one for one in _related(row)}
    if any(_stands(one) for one in others.values()):
        return
    above = list(_above(row, others))
    accepted = [one for one in above if one.state == ACCEPTED]
    for one in (accepted or above)[:1]:
        if one.state != SET_ASIDE and not one.is_current:
            one.is_current = True
            one.save(update_fields=["is_current"])


def is_superseded(row: Submission) -> bool:
    """Whether what changes it already stands, so that it comes too late to stand itself."""
    others = _related(row)
    stood = [one for one in others if _stands(one)]
    if row.rival_of_id is not None:
        return False
    if row.replaces_id is None:
        return bool(stood)
    changes = {one.instance_id: one.deprecated_id for one in others if one.rival_of_id is None}
    return any(row.instance_id in _numbers_below(one.deprecated_id, changes) for one in stood)


def _stands(one: Submission) -> bool:
    return one.is_current and one.state == ACCEPTED


def _related(row: Submission) -> list[Submission]:
    """Return all that changes, is changed by or rivals a submission over any number of steps, locked, the oldest first."""
    found: dict[int, Submission] = {}
    new = [row]
    while new:
        keys = [one.pk for one in new]
        above = [key for one in new for key in (one.replaces_id, one.rival_of_id) if key]
        rows = (
            Submission.objects.select_for_update(of=("self",))
            .filter(Q(pk__in=above) | Q(replaces__in=keys) | Q(rival_of__in=keys))
            .filter(office_id=row.office_id)
            .exclude(pk__in=[row.pk, *found])
        )
        new = list(rows.order_by("pk"))
        found.update({one.pk: one for one in new})
    return [found[key] for key in sorted(found)]


def _above(row: Submission, others: dict[int, Submission]) -> Iterator[Submission]:
    """Yield what a submission took the place of, then what that one did, and so on."""
    seen = {row.pk}
    key = row.replaces_id or row.rival_of_id
    while key in others and key not in seen:
        seen.add(key)
        yield others[key]
        key = others[key].replaces_id or others[key].rival_of_id


def _numbers_below(number: str, changes: dict[str, str]) -> set[str]:
    """Return the numbers of all that an edit of `number` changes in turn."""
    seen: set[str] = set()
    while number and number not in seen:
        seen.add(number)
        number = changes.get(number, "")
    return seen
