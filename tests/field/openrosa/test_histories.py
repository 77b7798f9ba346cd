"""Whatever a line does to what devices send: exactly one record each, complete, the same answer on replay, nothing dropped."""

import os
from collections.abc import Callable

import pytest

from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.devices import Device
from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from tests.conftest import Cast
from tests.field.openrosa import histories
from tests.field.openrosa.conftest import Phone

WANTED = int(os.environ.get("NITHET_HISTORIES", "200"))
"""Ten times as many in `make soak`."""
PARTS = 8


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_generated_histories_end_in_one_record_each(
    cast: Cast, inside: Unit, phone_of: Callable[..., Phone], part: int
) -> None:
    seeds = range(part, WANTED, PARTS)
    assert len(seeds) >= WANTED // PARTS > 0
    faults = {}
    for seed in seeds:
        phone = phone_of("supervisor") if seed < 20 else _fresh(phone_of, seed)
        if found := histories.play(seed, phone, cast.actor("supervisor")):
            faults[seed] = found
    assert faults == {}


AN_EDIT_OF_AN_EDIT_BEFORE_ITS_BASE = 1576


def test_an_edit_that_was_edited_itself_gives_way_when_its_base_comes_last(
    cast: Cast, inside: Unit, phone: Phone
) -> None:
    """Found among two thousand: both edits changed one another, and neither of the three records stood."""
    found = histories.play(AN_EDIT_OF_AN_EDIT_BEFORE_ITS_BASE, phone, cast.actor("supervisor"))
    assert found == []


def _fresh(phone_of: Callable[..., Phone], seed: int) -> Phone:
    """A person has at most twenty devices in use: those of earlier histories are out of use."""

    Device.objects.filter(revoked_at=None).update(revoked_at=clock.now())
    return phone_of("supervisor")


@pytest.mark.parametrize("planted", ["loss", "double"])
def test_a_planted_loss_and_a_planted_double_are_found(
    cast: Cast, inside: Unit, phone: Phone, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    """The judge of the histories is judged itself."""
    check = histories._check

    def plant(world: histories.World) -> None:
        numbers = [form.number for form in world.forms]
        rows = Submission.objects.filter(instance_id__in=numbers, rival_of=None).order_by("pk")
        if planted == "loss":
            SubmissionAttachment.objects.filter(submission__in=rows).delete()
        else:
            rows.filter(pk=rows[0].pk).update(rival_of=rows[0])
        check(world)

    monkeypatch.setattr(histories, "_check", plant)
    found = [
        histories.play(seed, phone, cast.actor("supervisor")) for seed in (10_001, 10_002, 10_003)
    ]
    assert any(found)
