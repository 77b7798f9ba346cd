"""What every template and the front-end build must keep."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEMPLATES = sorted((ROOT / "src/nithet").rglob("templates/**/*.html"))
ICONS = set(
    re.findall(r'<symbol id="([\w-]+)"', (ROOT / "frontend/icons.svg").read_text(encoding="utf-8"))
)

# What a strict content security policy refuses: scripts and styles inside a page.
INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\bsrc=)(?![^>]*type="application/json")""",
    re.IGNORECASE,
)


def without_comments(text: str) -> str:
    return re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", text, flags=re.DOTALL)


def inline_parts(text: str) -> list[str]:
    return INLINE.findall(without_comments(text))


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        '<a onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:x">',
    ],
)
def test_what_the_policy_refuses_is_recognised(bad: str) -> None:
    assert inline_parts(bad)


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "src/nithet"))
)
def test_no_template_holds_inline_script_or_style(path: Path) -> None:
    assert inline_parts(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "src/nithet/foundation/ui/templates/ui").glob("*.html")),
    ids=lambda path: path.stem,
)
def test_every_component_opens_with_its_variables(path: Path) -> None:
    text = re.sub(r"^{% extends .*?%}", "", path.read_text(encoding="utf-8"))
    assert text.startswith("{% comment %}\n")


def test_every_icon_that_is_named_is_drawn() -> None:
    named: dict[str, str] = {}
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r"""{% icon "([\w-]+)"|\bicon="([\w-]+)\"""", text):
            named[name[0] or name[1]] = path.name
    assert named
    assert {name: where for name, where in named.items() if name not in ICONS} == {}


def test_the_front_end_lock_names_no_host_and_every_package_is_exact() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked.values())


def test_the_style_keeps_what_thai_needs() -> None:
    styles = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "frontend/css").glob("*.css"))
    assert "line-height: 1.65" in styles
    assert not re.search(r"letter-spacing|font-style:\s*italic|text-align:\s*justify", styles)
