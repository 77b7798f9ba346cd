"""An office in which people have worked: the real return taken over, and a little of everything beside it."""

from datetime import date, timedelta
from decimal import Decimal

from nithet.domain.assessments.actions.assigning import assign_item
from nithet.domain.assessments.actions.commenting import say_comment
from nithet.domain.assessments.actions.rounds import close_round
from nithet.domain.assessments.actions.signing import sign_off
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.rounds import item_ref
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.commitments.actions import make_commitment
from nithet.domain.directory.actions.committees import create_committee, seat_member
from nithet.domain.directory.invitations import invite_person
from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.actions.printouts import register_printout
from nithet.domain.evidence.files import NAMESPACE, KeptFile
from nithet.domain.plans.actions.money import add_budget_line
from nithet.domain.plans.actions.reviews import approve_plan
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.queries.content import content_of
from nithet.domain.plans.rules.snapshot import digest_of
from nithet.domain.returns.actions.issuing import issue_return
from nithet.domain.returns.models import IssuedReturn
from nithet.domain.reviews.actions.assessing import freeze_round
from nithet.domain.reviews.actions.folders import propose_folder
from nithet.foundation.access.actors import system_actor
from nithet.foundation.access.roles import Role
from nithet.foundation.audit.chain import link_new_events
from nithet.foundation.files import store
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from tests.conftest import Cast

PDF = b"%PDF-1.4\nexample\n%%EOF\n"


def live(cast: Cast, reporting_round: Round) -> IssuedReturn:
    """Let people work in the office, and issue its return."""
    director, planner, system = cast.actor("director"), cast.actor("planner"), system_actor("test", cast.office.pk)
    project = Project.objects.order_by("pk").first()
    assert project is not None
    about = RecordRef("plans.project", str(project.pk))
    add_budget_line(
        actor=planner,
        project=project,
        source_kind="budget",
        title="งบดำเนินงาน",
        planned=Decimal("12500.50"),
        figure_source="กลุ่มบริหารงานการเงินและสินทรัพย์",
        as_at=date(2012, 9, 30),
    )
    blob = store.store(NAMESPACE, PDF)
    kept = KeptFile("คำสั่ง.pdf", blob.sha256, blob.size, "application/pdf")
    bring_piece(actor=planner, title="คำสั่งแต่งตั้งคณะทำงาน", kind="order", medium="file", about=str(about), kept=kept)
    item = standing_of(reporting_round).edition.items[0].id
    say_comment(
        actor=planner,
        round=reporting_round,
        item=item,
        text="ขอหลักฐานเพิ่ม",
        for_user_id=cast.users["supervisor"].pk,
    )
    assign_item(actor=director, round=reporting_round, item=item, user_id=cast.users["supervisor"].pk)
    make_commitment(
        actor=director,
        text="จัดทำปฏิทินการนิเทศ",
        owner_user_id=cast.users["supervisor"].pk,
        about=about,
        arose_from=item_ref(reporting_round.pk, item),
        point=item,
    )
    committee = create_committee(actor=system, kind="monitoring", name="คณะกรรมการติดตาม ตรวจสอบ ประเมินผลและนิเทศการศึกษา")
    seat_member(actor=system, committee=committee, title="ประธานกรรมการ", user=cast.users["director"])
    plan = Plan.objects.get(pk=project.plan_id)
    approve_plan(actor=director, plan=plan, shown=digest_of(content_of(plan)))
    register_printout(actor=planner, about=about, title="บันทึกข้อความ", kind="memo")
    shown = standing_of(reporting_round).digest
    propose_folder(
        actor=planner,
        round=reporting_round,
        declared_level=2,
        shown=shown,
        addressee_id=cast.users["director"].pk,
        reason="มติคณะทำงาน",
    )
    sign_off(actor=director, round=reporting_round, declared_level=2, shown=shown, request_key="k", reason="มติคณะทำงาน")
    issued = issue_return(actor=director, round=reporting_round, request_key="a")
    closed = close_round(actor=director, round=reporting_round)
    freeze_round(actor=director, round=closed)
    _invite(cast)
    link_new_events(cast.office.pk)
    return issued


def _invite(cast: Cast) -> None:
    """One way in that nobody has used yet: it must stay behind."""
    invite_person(
        actor=system_actor("test", cast.office.pk),
        unit=cast.office,
        role=Role.SUPERVISOR,
        title="ศึกษานิเทศก์",
        display_name="ศึกษานิเทศก์ คนใหม่",
        expires_on=clock.today() + timedelta(days=30),
    )
