"""What the pages of a visit show of it: its words in the order of the form, links, addresses beside it."""

import base64
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.supervision.models.answers import SchoolLink
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import (
    agreements_of,
)
from nithet.domain.supervision.queries.pages import (
    Signed,
    additions_of,
    answer_versions,
    checked_agreements,
    photos_of,
    signed_of,
)
from nithet.domain.supervision.rules.chain import chain_of
from nithet.domain.supervision.rules.questions import FINDINGS_OF
from nithet.foundation.documents import qr
from nithet.foundation.refs.keys import row_key
from nithet.kernel import clock
from nithet.kernel.text import collapse
from nithet.web.shared.addresses import absolute
from nithet.web.visits.forms import FINDING_LABELS, AnswerForm


def optional_address(name: str, *arguments: object) -> str:
    """Return the address of a page of another area; "" where the product has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def drawn_signature(signed: Signed | None) -> int | None:
    """Return the piece of evidence that holds the drawn signature; None where the name alone was signed."""
    ref = signed.answer.signature_ref if signed else ""
    return row_key(ref.partition(":")[2]) if ref else None


def brief_address(visit: Visit) -> str:
    """Return the address of what is known of the school on one page."""
    return optional_address("supervision_reports:brief", visit.school_id)


def good_link(visit: Visit) -> SchoolLink | None:
    """Return the link by which the school reads and signs, where one is good."""
    links: Any = visit.school_links
    return links.filter(revoked_at__isnull=True, expires_at__gt=clock.now()).first()  # type: ignore[no-any-return]


def forms_to_fill(visit: Visit) -> list[tuple[str, str]]:
    """Return (title, address) of the forms that the visit uses, where they are filled in: the client of the field."""
    shell = optional_address("field:shell")
    used = visit.instruments_used.values("instrument")
    versions = InstrumentVersion.objects.filter(
        instrument__in=used, state=InstrumentVersion.State.PUBLISHED
    )
    return [(one.title, f"{shell}#/record/{one.pk}.{visit.school_id}") for one in versions if shell]


def bring_address(visit: Visit) -> str:
    """Return where photographs of a visit are brought, in the area of evidence."""
    if not (add := optional_address("evidence:add")):
        return ""
    return f"{add}?{urlencode({'about': f'supervision.visit:{visit.pk}', 'kind': 'photo'})}"


def answer_form_of(visit: Visit, *, asks_name: bool = False) -> AnswerForm:
    """Return the form of the school's answer; after the closing it is empty, because words are only added then."""
    signed = signed_of(visit)
    answer = signed.answer if signed else None
    words = answer.words if answer and visit.closed_at is None else ""
    first = {"version": answer.version if answer else 0, "words": words}
    return AnswerForm(initial=first, asks_name=asks_name)


def close_words(visit: Visit) -> str:
    """Name the closing in the words of the kind: a committee visits, it does not supervise."""
    if visit.kind == Visit.Kind.COMMITTEE:
        return gettext("Close the committee visit")
    return gettext("Close the visit")


def answer_labels(visit: Visit) -> dict[str, str]:
    """Return what the box of the school's answer and its button are called: words are only added to a closed visit."""
    if visit.closed_at is not None:
        return {
            "answer_title": gettext("Add words of the school"),
            "answer_button": gettext("Add these words"),
        }
    return {
        "answer_title": gettext("Answer of the school"),
        "answer_button": gettext("Keep the answer"),
    }


def grouped_findings(visit: Visit) -> list[tuple[Any, list[Any]]]:
    """Return (label, findings) in the order of the form; kinds without any are left out."""
    rows = list(visit.findings.all())
    labels = FINDING_LABELS[visit.kind]
    known = FINDINGS_OF[visit.kind]
    order = [
        *known,
        *(kind for kind in dict.fromkeys(one.kind for one in rows) if kind not in known),
    ]
    found = []
    for kind in order:
        mine = [one for one in rows if one.kind == kind]
        if mine:
            found.append((labels.get(kind) or mine[0].get_kind_display(), mine))
    return found


def needs_words(visit: Visit) -> list[str]:
    """Return the needs that a visit serves, the tied ones first, then in its own words; the same words stand once."""
    said = [one.need.text for one in visit.needs_served.all()]
    return list({collapse(text): text for text in [*said, visit.need] if text}.values())


def shown_of(visit: Visit) -> dict[str, Any]:
    """Return what the page, the leaving summary and the school's copy all show of a visit."""
    agreements = agreements_of(visit)
    later = checked_agreements(agreements)
    return {
        "agreements": [(one, later.get(one.pk, [])) for one in agreements],
        "checks": list(visit.agreement_checks.select_related("agreement")),
        "steps": [
            (one, chain_of(one.development.chain).words_of(one.step).th)
            for one in visit.development_steps.select_related("development")
        ],
        "photos": photos_of(visit),
        "signed": signed_of(visit),
        "answers": answer_versions(visit),
        "closes": close_words(visit),
        "added_words": [one for one in additions_of(visit) if one.kind == "words"],
        **answer_labels(visit),
        "today": clock.today(),
    }


def link_shown(request: HttpRequest, link: SchoolLink | None) -> dict[str, Any]:
    """Return the address of the school's link and its QR; nothing where there is no link."""
    if link is None:
        return {"link": None}
    address = absolute(request, reverse("visits:school_link", args=[link.code]), link.office_id)
    picture = base64.b64encode(qr.svg(address)).decode()
    return {
        "link": link,
        "link_address": address,
        "link_qr": f"data:image/svg+xml;base64,{picture}",
    }


def content_findings(kind: str, content: dict[str, Any]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Return (label, findings) of a kept version in the order of the form."""
    found = []
    for name, label in FINDING_LABELS[kind].items():
        mine = [one for one in content["findings"] if one["kind"] == name]
        if mine:
            found.append((label, mine))
    return found
