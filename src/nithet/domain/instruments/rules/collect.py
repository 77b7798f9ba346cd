"""The settings that set ODK Collect up at one glance: JSON, deflated and in Base64, as its QR codes hold it."""

import base64
import json
import zlib

COLOUR = "#1f6f78"


def settings_text(server_url: str, project: str) -> str:
    """Return the text of the QR code: the server, forms kept exactly as the office has them, sent as soon as there is a network."""
    settings = {
        "general": {
            "server_url": server_url,
            "protocol": "odk_default",
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
            "app_language": "th",
        },
        "admin": {},
        "project": {"name": project, "icon": "🏫", "color": COLOUR},
    }
    packed = zlib.compress(
        json.dumps(settings, ensure_ascii=False, separators=(",", ":")).encode(), 9
    )
    return base64.b64encode(packed).decode("ascii")


def settings_in(text: str) -> dict[str, object]:
    """Read such a text back."""
    found: dict[str, object] = json.loads(zlib.decompress(base64.b64decode(text)))
    return found
