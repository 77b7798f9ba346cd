"""XML that attacks its reader, read by what reads the parts of documents."""

import sys

import pytest

from nithet.foundation.files.workshop.xml_parts import DEEPEST, walk
from nithet.kernel.errors import BadInput

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ATTACKS = {
    "file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "address": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/"> %e;]><x/>',
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY e "{"a" * 50_000}">]><x>{"&e;" * 50_000}</x>',
    "empty type": "<!DOCTYPE x><x/>",
}
BROKEN = {
    "depth": b"<a>" * 10_000 + b"</a>" * 10_000,
    "one step too deep": b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1),
    "attribute of 10 MB": b'<a b="' + b"x" * 10_000_000 + b'"/>',
    "UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>',
    "unknown entity": b"<a>&nothing;</a>",
    "two roots": b"<a/><b/>",
    "broken off": b"<a><b>",
    "nothing": b"",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_document_type_is_refused_before_anything_is_fetched_or_unfolded(attack, encoding):
    content = ATTACKS[attack].encode(encoding)
    opened = []
    watching = [True]

    def watch(event, arguments):
        if watching and event in {"open", "socket.connect", "socket.getaddrinfo"}:
            opened.append((event, arguments))

    sys.addaudithook(watch)
    try:
        with pytest.raises(BadInput) as refused:
            walk(content, "Office")
    finally:
        watching.clear()
    assert refused.value.code == "files.document_type"
    assert opened == []


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_too_deep_too_long_or_no_xml_is_refused(case):
    with pytest.raises(BadInput) as refused:
        walk(BROKEN[case], "Office")
    assert refused.value.code == "files.damaged_kind"


def test_xinclude_is_only_an_element():
    seen = []
    content = (
        b'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="file:///etc/passwd"/></a>'
    )
    walk(content, "Office", lambda name, given: seen.append((name, dict(given))))
    assert seen == [("a", {}), ("include", {"href": "file:///etc/passwd"})]


def test_as_deep_as_documents_are_is_read():
    words = []
    walk(b"<a>" * DEEPEST + "ก".encode() + b"</a>" * DEEPEST, "Office", text=words.append)
    assert words == ["ก"]
