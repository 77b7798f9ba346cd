"""Items and what was agreed pass to a successor with everything else."""

from datetime import date

from nithet.domain.assessments.actions.assigning import assign_item
from nithet.domain.assessments.models.assigning import ItemAssignment
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.commitments.actions import make_commitment
from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.actions.handover import hand_over
from nithet.domain.directory.handover import sections
from nithet.kernel import clock
from tests.conftest import Cast


def test_open_items_and_agreements_pass_to_the_successor(cast: Cast, reporting_round: Round) -> None:
    old, new = cast.users["supervisor"], cast.users["planner"]
    planner = cast.actor("planner")
    assign_item(actor=planner, round=reporting_round, item="3", user_id=old.pk, due_on=date(2027, 1, 15))
    make_commitment(actor=planner, text="หาหลักฐานเพิ่ม", owner_user_id=old.pk)
    administrator = cast.actor("administrator")
    titles = [line.title for section in sections(administrator, old) for line in section.lines]
    assert any("3" in title for title in titles)
    assert "หาหลักฐานเพิ่ม" in titles
    hand_over(actor=administrator, person=old, successor=new, handed_on=clock.today())
    stands = ItemAssignment.objects.get(taken_back_at__isnull=True)
    assert (stands.user_id, stands.due_on) == (new.pk, date(2027, 1, 15))
    assert Commitment.objects.get().owner_user_id == new.pk
