"""The paper slip of an invitation (ใบเชิญเข้าใช้งาน): a code to photograph and the same address to type."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext

from nithet.foundation.access.models import Invitation
from nithet.foundation.documents.model import (
    Block,
    Document,
    Heading,
    Page,
    PageBreak,
    Paragraph,
    QrCode,
    Spacer,
    paragraph,
)
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.tenancy.models import OfficeSettings, Unit
from nithet.kernel.numerals import to_thai
from nithet.kernel.thai_dates import format_date

ON_A_PAGE = 3


def slips_pdf(
    office: Unit, chosen: OfficeSettings, slips: Iterable[tuple[Invitation, str]]
) -> bytes:
    """Print slips, three on a sheet of A4 to cut apart; each is an invitation with its whole address."""
    with translation.override("th"):
        blocks: list[Block] = [Heading(1, gettext("Slips of invitation"))]
        for number, (invitation, address) in enumerate(slips):
            if number and number % ON_A_PAGE == 0:
                blocks.append(PageBreak())
            blocks += _slip(office, chosen, invitation, address)
        document = Document(
            title=gettext("Slips of invitation"),
            blocks=tuple(blocks),
            page=Page(top=12, bottom=12, left=20, right=20),
            organisation=office.name,
            size=14,
            thai_digits=chosen.numerals == OfficeSettings.Numerals.THAI,
        )
    return write_pdf(document)


def _slip(
    office: Unit, chosen: OfficeSettings, invitation: Invitation, address: str
) -> list[Block]:
    thai = chosen.numerals == OfficeSettings.Numerals.THAI
    until = format_date(invitation.expires_on, "long", "thai" if thai else "arabic")
    name = invitation.display_name
    lines: list[Paragraph] = [
        _kept(office.name),
        _kept(gettext("Open the camera of your telephone, or LINE, and point it at this code.")),
        _kept(gettext("Then choose your password. The code works once, until %(day)s.") % {"day": until}),
    ]
    if invitation.username:
        lines.append(_kept(gettext("User name: %(name)s") % {"name": invitation.username}))
    lines.append(_kept(gettext("Or type this address: %(address)s") % {"address": address}))
    if chosen.help_phone:
        help_line = gettext("Help by telephone: %(phone)s %(who)s") % {
            "phone": to_thai(chosen.help_phone) if thai else chosen.help_phone,
            "who": chosen.help_contact,
        }
        lines.append(_kept(help_line))
    code = QrCode(address, gettext("Code of the invitation of %(name)s") % {"name": name}, 27)
    cut = paragraph("- " * 50)
    return [Heading(2, name), *lines, code, Spacer(1), cut]


def _kept(text: str) -> Paragraph:
    return Paragraph(paragraph(text).runs, keep_with_next=True)
