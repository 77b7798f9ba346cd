"""A published form and what a device sends of it."""

import uuid

from nithet.domain.directory.models.schools import School
from nithet.domain.instruments.models.devices import Device
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex

FORM = "visit"
XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"
 xmlns:entities="http://www.opendatakit.org/xforms/entities">
 <h:head><h:title>แบบนิเทศทดสอบ</h:title><model entities:entities-version="2024.1.0">
  <instance><data id="visit" version="1"><start/><end/><school/><about/><found/><photo/><g><level/></g>
   <agreement jr:template=""><text/><owner/><picture/></agreement><done/>
   <orx:meta><orx:instanceID/><entity dataset="agreements" id="" update="1" baseVersion=""><label/></entity></orx:meta>
  </data></instance>
  <bind nodeset="/data/start" type="dateTime" jr:preload="timestamp" jr:preloadParams="start"/>
  <bind nodeset="/data/end" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/>
  <bind nodeset="/data/photo" type="binary"/>
  <bind nodeset="/data/agreement/picture" type="binary"/>
  <bind nodeset="/data/done" type="string" entities:saveto="progress"/>
 </model></h:head>
 <h:body><input ref="/data/found"><label>สิ่งที่พบ</label></input>
  <group ref="/data/agreement"><repeat nodeset="/data/agreement"><input ref="/data/agreement/text"><label>ตกลง</label></input></repeat></group>
 </h:body></h:html>"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
    "0def46b80000000049454e44ae426082"
)


def make_version(
    office: Unit, *, form_id: str = FORM, version: str = "1", purpose: str = "", **fields: object
) -> InstrumentVersion:
    """Publish a form to supervisors, or a further version of it; the version before is retired."""
    instrument, _ = Instrument.objects.get_or_create(
        office=office,
        form_id=form_id,
        defaults={
            "title": "แบบนิเทศทดสอบ",
            "purpose": purpose,
            "state": Instrument.State.PUBLISHED,
        },
    )
    InstrumentVersion.objects.filter(instrument=instrument, state="published").update(
        state="retired", retired_at=clock.now()
    )
    xform = XFORM.replace('id="visit" version="1"', f'id="{form_id}" version="{version}"')
    known = {"state": InstrumentVersion.State.PUBLISHED, "published_at": clock.now()} | fields
    return InstrumentVersion.objects.create(
        office=office,
        instrument=instrument,
        version=version,
        title="แบบนิเทศทดสอบ",
        xform=xform,
        hash=f"md5:{sha256_hex(xform.encode())[:32]}",
        made_at=clock.now(),
        made_by="test",
        definition=DEFINITION,
        **known,
    )


def question(path: str, label: str, **more: object) -> dict[str, object]:
    """One question of a definition."""
    plain = {
        "name": path.rsplit("/", 1)[-1],
        "path": path,
        "type": "text",
        "label": label,
        "hint": "",
        "required": False,
    }
    return plain | {"choices": [], "group": "", "repeat": "", "private": False, "asks": True} | more


DEFINITION = [
    question("school", "โรงเรียน"),
    question("found", "สิ่งที่พบเห็น"),
    question("photo", "ภาพถ่าย", type="image"),
    question("g/level", "ระดับ", group="g"),
    question("agreement/text", "ตกลงร่วมกัน", repeat="agreement", group="agreement"),
    question("agreement/owner", "ผู้รับผิดชอบ", repeat="agreement", group="agreement", private=True),
]


def body(
    instance: str = "",
    *,
    form_id: str = FORM,
    version: str = "1",
    found: str = "ครูจัดกิจกรรมกลุ่ม",
    school: str = "",
    photo: str = "",
    deprecated: str = "",
    more: str = "",
) -> bytes:
    """A filled-in form as Collect writes it."""
    number = instance or f"uuid:{uuid.uuid4()}"
    before = f"<orx:deprecatedID>{deprecated}</orx:deprecatedID>" if deprecated else ""
    return (
        f'<?xml version="1.0" ?><data id="{form_id}" version="{version}" xmlns:orx="http://openrosa.org/xforms">'
        f"<start>2026-11-20T09:00:00.000+07:00</start><end>2026-11-20T10:30:00.000+07:00</end>"
        f"<school>{school}</school><found>{found}</found><photo>{photo}</photo><g><level>4</level></g>{more}"
        f"<orx:meta><orx:instanceID>{number}</orx:instanceID>{before}"
        f"<orx:instanceName>เยี่ยมชั้นเรียน</orx:instanceName></orx:meta></data>"
    ).encode()


def make_device(user: User, office: Unit, **fields: object) -> Device:
    """A device without a token that anybody knows."""
    known = {
        "token_sha256": uuid.uuid4().hex * 2,
        "name": "แท็บเล็ต",
        "made_at": clock.now(),
        "made_by": "test",
    } | fields
    return Device.objects.create(office=office, user_id=user.pk, **known)


def make_school(unit: Unit, office: Unit) -> School:
    """The entry of a school."""
    return School.objects.create(office=office, unit=unit, smis_code=f"{unit.pk:08d}")
