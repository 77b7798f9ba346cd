"""A form of forty questions as an XForm, and what is answered to it: the same facts as OpenRosa and as JSON."""

from __future__ import annotations

import json
import os
import random
import uuid

FORM = "bench_visit"
RATINGS, NUMBERS, TEXTS, DATES = 24, 8, 6, 2
NAMES = (
    [f"rating_{n}" for n in range(RATINGS)]
    + [f"number_{n}" for n in range(NUMBERS)]
    + [f"text_{n}" for n in range(TEXTS)]
    + [f"date_{n}" for n in range(DATES)]
)
SENTENCES = (
    "ครูจัดกิจกรรมให้ผู้เรียนได้ลงมือทำและอธิบายวิธีคิดของตน",
    "ห้องเรียนมีมุมหนังสือที่เด็กหยิบใช้ได้เอง ควรเพิ่มหนังสือตามความสนใจ",
    "ตกลงร่วมกันว่าจะเปิดห้องเรียนให้เพื่อนครูดูในเดือนหน้า",
    "ผู้บริหารเยี่ยมชั้นเรียนทุกสัปดาห์และจดสิ่งที่พบไว้ในสมุด",
)
MARK = "a-mark-that-stands-in-no-part"
_chance = random.Random(5)


def xform() -> str:
    """The form."""
    instance = "".join(f"<{name}/>" for name in NAMES)
    kinds = {"r": "string", "n": "int", "t": "string", "d": "date"}
    binds = "".join(f'<bind nodeset="/data/{name}" type="{kinds[name[0]]}"/>' for name in NAMES)
    body = "".join(f'<input ref="/data/{name}"><label>{name}</label></input>' for name in NAMES)
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>แบบวัดความเร็ว'
        f'</h:title><model><instance><data id="{FORM}" version="1">{instance}<photo/><meta><instanceID/></meta></data></instance>'
        f'{binds}<bind nodeset="/data/photo" type="binary"/></model></h:head><h:body>{body}</h:body></h:html>'
    )


def definition() -> list[dict[str, object]]:
    """Its questions as versions keep them."""
    kinds = {"r": "text", "n": "integer", "t": "text", "d": "date"}
    plain = {
        "hint": "",
        "required": False,
        "choices": [],
        "group": "",
        "repeat": "",
        "private": False,
        "asks": True,
    }
    rows = [
        {"name": name, "path": name, "label": name, "type": kinds[name[0]], **plain}
        for name in NAMES
    ]
    return [*rows, {"name": "photo", "path": "photo", "label": "photo", "type": "image", **plain}]


def answers() -> dict[str, str]:
    """What one visit says; different each time."""
    found = {name: str(_chance.randint(1, 5)) for name in NAMES[:RATINGS]}
    found |= {name: str(_chance.randrange(500)) for name in NAMES[RATINGS : RATINGS + NUMBERS]}
    found |= {name: _chance.choice(SENTENCES) for name in NAMES[RATINGS + NUMBERS : -DATES]}
    return found | {name: f"2026-06-{_chance.randint(1, 28):02d}" for name in NAMES[-DATES:]}


def as_xml(photo: str = "") -> bytes:
    """A visit as Collect writes it."""
    said = "".join(f"<{name}>{value}</{name}>" for name, value in answers().items())
    return (
        f'<?xml version="1.0"?><data id="{FORM}" version="1">{said}<photo>{photo}</photo>'
        f"<meta><instanceID>uuid:{uuid.uuid4()}</instanceID></meta></data>"
    ).encode()


def as_json() -> bytes:
    """The same facts for the floor."""
    return json.dumps({"id": str(uuid.uuid4()), "answers": answers()}, ensure_ascii=False).encode()


def as_multipart(xml: bytes, photo: tuple[str, bytes] | None = None) -> bytes:
    """A submission with its photo."""
    out = [
        b'--%s\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="f.xml"\r\n'
        % MARK.encode()
    ]
    out += [b"Content-Type: text/xml\r\n\r\n", xml, b"\r\n"]
    if photo:
        name = photo[0].encode()
        out.append(
            b'--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n'
            % (MARK.encode(), name, name)
        )
        out += [b"Content-Type: image/jpeg\r\n\r\n", photo[1], b"\r\n"]
    return b"".join([*out, b"--%s--\r\n" % MARK.encode()])


class Photos:
    """Pictures of 300 KB, as a telephone sends them after making them smaller; each differs in its comment."""

    def __init__(self) -> None:
        from io import BytesIO

        from PIL import Image

        out = BytesIO()
        size = (1100, 820)
        Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3)).resize(
            (1600, 1200)
        ).save(out, "JPEG", quality=42)
        self._plain = out.getvalue()

    def next(self) -> bytes:
        """A picture that nobody has sent before."""
        comment = os.urandom(16).hex().encode()
        return (
            self._plain[:2]
            + b"\xff\xfe"
            + (len(comment) + 2).to_bytes(2, "big")
            + comment
            + self._plain[2:]
        )
