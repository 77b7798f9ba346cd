"""The official font goes before the shipped one where it is installed whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from nithet.foundation.documents.pdf import fonts


def test_the_shipped_fonts_come_with_their_licence() -> None:
    names = {path.name for path in fonts.SHIPPED.iterdir()}
    assert {"Laksaman.ttf", "Laksaman-Bold.ttf", "LICENSE.Laksaman.txt"} <= names
    assert "Font exception" in (fonts.SHIPPED / "LICENSE.Laksaman.txt").read_text(encoding="utf-8")


def test_an_installed_official_font_is_preferred(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "_system_folders", lambda: iter([tmp_path]))
    assert fonts.folders() == [fonts.SHIPPED]
    assert fonts.families(fonts.folders())[0] == "Laksaman"
    own = tmp_path / "truetype" / "sarabun"
    own.mkdir(parents=True)
    (own / "THSarabunNew.ttf").write_bytes(b"")
    assert fonts.folders() == [fonts.SHIPPED], "without its bold weight it would be mixed"
    (own / "THSarabunNew Bold.ttf").write_bytes(b"")
    assert fonts.folders() == [fonts.SHIPPED, own]
    assert fonts.families(fonts.folders())[:2] == ["TH Sarabun New", "Laksaman"]
