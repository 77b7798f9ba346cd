"""The client draws QR codes by itself; an independent decoder reads them back, whatever their size."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

FIELD = Path(__file__).parents[3] / "frontend/field"
NODE = shutil.which("node")
TEXTS = ["https://x.th/" + "a" * more for more in (0, 1, 7, 15, 29, 49, 71, 93, 109, 139, 167, 200)]


@pytest.mark.skipif(NODE is None, reason="no Node on this machine")
def test_every_size_of_code_is_read_back() -> None:
    script = (
        f"import {{ squaresOf }} from {json.dumps(str(FIELD / 'qr.js'))};"
        f"console.log(JSON.stringify({json.dumps([*TEXTS, 'x' * 400])}.map(squaresOf)))"
    )
    told = subprocess.run(
        [str(NODE), "--input-type=module", "-e", script], check=True, capture_output=True, text=True
    )
    *codes, too_long = json.loads(told.stdout)
    assert too_long is None
    assert len({len(code) for code in codes}) == 10
    assert [read(code) for code in codes] == TEXTS


def read(squares: list[list[bool]]) -> str:
    """Draw the squares with their quiet edge and read them."""
    width = len(squares) + 8
    picture = Image.new("L", (width, width), 255)
    for y, row in enumerate(squares):
        for x, dark in enumerate(row):
            if dark:
                picture.putpixel((x + 4, y + 4), 0)
    (found,) = zxingcpp.read_barcodes(
        picture.resize((width * 4, width * 4), Image.Resampling.NEAREST)
    )
    return str(found.text)
