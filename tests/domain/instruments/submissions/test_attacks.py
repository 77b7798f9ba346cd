"""XML that attacks is refused where it begins: nothing is opened, nobody is called, nothing grows."""

import builtins
import io
import os
import socket
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from nithet.domain.instruments.rules.instance_xml import (
    DEEPEST,
    LARGEST_BYTES,
    MOST_ELEMENTS,
    read_instance,
)
from nithet.kernel.errors import BadInput
from tests.domain.instruments.submissions.factories import body

DATA = b'<data id="visit" version="1"><found>%s</found><meta><instanceID>uuid:1</instanceID></meta></data>'
LAUGHS = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))


def doctype(inside: bytes, use: bytes = b"&x;") -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE data [' + inside + b"]>" + DATA % use


PLAIN = (DATA % b"x").decode()
ATTACKS = {
    "file": doctype(b'<!ENTITY x SYSTEM "file:///etc/passwd">'),
    "http": doctype(b'<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'),
    "netdoc": doctype(b'<!ENTITY x PUBLIC "x" "gopher://127.0.0.1:9/x">'),
    "parameter entity": doctype(b'<!ENTITY % p SYSTEM "file:///etc/passwd">%p;'),
    "parameter entity by http": doctype(b'<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;'),
    "laughs": doctype(b'<!ENTITY a0 "ha">' + LAUGHS, b"&a11;"),
    "quadratic": doctype(b'<!ENTITY x "' + b"a" * 100_000 + b'">', b"&x;" * 10_000),
    "recursion": doctype(b'<!ENTITY x "&y;"><!ENTITY y "&x;">'),
    "external type": b'<!DOCTYPE data SYSTEM "http://127.0.0.1:9/x.dtd">' + DATA % b"x",
    "external type in a file": b'<!DOCTYPE data SYSTEM "file:///etc/passwd">' + DATA % b"x",
    "plain type": b"<!DOCTYPE data>" + DATA % b"x",
    "default attribute": doctype(b'<!ATTLIST data id CDATA "other">', b"x"),
    "inclusion": DATA
    % b'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
    "stylesheet": b'<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>' + DATA % b"x",
    "instruction inside": DATA % b"<?php echo 1 ?>",
    "depth": DATA % (b"<a>" * 10_000 + b"</a>" * 10_000),
    "depth never closed": b"<a>" * 100_000,
    "attribute": b'<data id="visit" x="'
    + b"a" * 10_000_000
    + b'"><meta><instanceID>1</instanceID></meta></data>',
    "attribute of four megabytes": b'<data id="visit" x="' + b"a" * 4_000_000 + b'"><meta/></data>',
    "many attributes": b"<data " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b"/>",
    "many elements": DATA % (b"<a/>" * (MOST_ELEMENTS + 1)),
    "UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>' + DATA % b"+ADwAIQ-ENTITY+AD4-",
    "UTF-16": f'<?xml version="1.0" encoding="UTF-16"?>{PLAIN}'.encode("utf-16"),
    "UTF-16 without its mark": PLAIN.encode("utf-16-be"),
    "UTF-16 said, UTF-8 sent": b'<?xml version="1.0" encoding="UTF-16"?>' + DATA % b"x",
    "UTF-32": PLAIN.encode("utf-32"),
    "EBCDIC": PLAIN.encode("cp500"),
    "overlong": DATA % b"\xc0\xbc!ENTITY",
    "surrogates": DATA % b"\xed\xa0\x80",
    "NUL": DATA % b"\0",
    "undefined entity": DATA % b"&nothing;",
    "character that XML has not": DATA % b"&#0;",
    "two roots": DATA % b"x" + b"<data/>",
    "cut": (DATA % b"x")[:-20],
    "empty": b"",
    "too large": DATA % (b"x" * LARGEST_BYTES),
    "long number": (DATA % b"x").replace(b"uuid:1", b"u" * 300),
}


@pytest.fixture
def walled_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever opens a file or a socket fails the test."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("something was opened")

    with monkeypatch.context() as walls:
        for place, name in (
            (socket.socket, "connect"),
            (socket, "getaddrinfo"),
            (socket, "create_connection"),
            (builtins, "open"),
            (io, "open"),
            (os, "open"),
        ):
            walls.setattr(place, name, refuse)
        yield


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_refused_without_opening_anything(name: str, walled_in: None) -> None:
    with pytest.raises(BadInput):
        read_instance(ATTACKS[name])


def test_refusing_takes_no_memory_beyond_what_was_sent() -> None:
    tracemalloc.start()
    try:
        for attack in ATTACKS.values():
            with pytest.raises(BadInput):
                read_instance(attack)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 100_000_000


def test_a_text_that_comments_cut_into_pieces_is_joined_once(walled_in: None) -> None:
    pieces = b"<!---->".join([b"x"] * 500_000)
    found = read_instance(DATA % pieces).root.child("found")
    assert found is not None and len(found.text) == 500_000


def test_honest_forms_are_read(walled_in: None) -> None:
    honest = [
        body("uuid:1"),
        b"\xef\xbb\xbf" + DATA % b"x",
        b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
        + DATA % b"<![CDATA[<x> & y]]>",
        DATA % (b"<a>" * (DEEPEST - 2) + b"</a>" * (DEEPEST - 2)),
        DATA % ("ฉ์ 😀 &lt;script&gt; &#3585;".encode()),
        DATA % (b"x" * 1_000_000),
    ]
    assert {read_instance(one).instance_id for one in honest} == {"uuid:1"}
