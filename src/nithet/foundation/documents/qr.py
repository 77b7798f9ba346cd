"""QR codes as pictures."""

from __future__ import annotations

from io import BytesIO

import segno

_QUIET_ZONE = 4
"""Modules of white around the code, as the standard asks."""


def svg(payload: str) -> bytes:
    """The code as an SVG drawing."""
    out = BytesIO()
    _made(payload).save(out, kind="svg", border=_QUIET_ZONE, xmldecl=False, nl=False)
    return out.getvalue()


def png(payload: str) -> bytes:
    """The code as a PNG picture, eight dots to a module."""
    out = BytesIO()
    _made(payload).save(out, kind="png", border=_QUIET_ZONE, scale=8)
    return out.getvalue()


def _made(payload: str) -> segno.QRCode:
    # Level M survives a stamp or a fold; Micro QR is not read by every telephone.
    return segno.make(payload, error="m", micro=False)
