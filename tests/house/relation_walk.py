"""Walks every model relation of the product and lists those that point up, which import-linter cannot see.

Run as a program (`python -m tests.house.relation_walk`) it prints them and exits 1; the tests do so on copies with faults.
"""

import re
import sys
import tomllib
from pathlib import Path

import django
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def floors() -> dict[str, int]:
    """Return package -> height, read from the layers that import-linter is given, so that there is one truth."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    heights = {"nithet.kernel": 0}
    for name, base in (("foundation", 100), ("domain", 200)):
        layers = next(c["layers"] for c in contracts if c.get("containers") == [f"nithet.{name}"])
        for height, layer in enumerate(reversed(layers)):
            for package in re.split(r"\s*\|\s*", layer):
                heights[f"nithet.{name}.{package.strip('() ')}"] = base + height
    return heights


def package_of(module: str) -> str:
    """Return the package of a module: nithet.domain.plans.models -> nithet.domain.plans."""
    return ".".join(module.split(".")[:3])


def relations_pointing_up() -> list[str]:
    """List every relation whose target lives on a higher floor, or beside it on the same one."""
    heights = floors()
    found = []
    for model in apps.get_models(include_auto_created=True):
        here = package_of(model.__module__)
        if here not in heights:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if target is None or not getattr(field, "concrete", False) or isinstance(target, str):
                continue
            there = package_of(target.__module__)
            if there != here and there in heights and heights[there] >= heights[here]:
                found.append(f"{model.__module__}.{model.__name__}.{field.name} -> {there}")
    return found


if __name__ == "__main__":
    django.setup()
    faults = relations_pointing_up()
    print("\n".join(faults))
    sys.exit(1 if faults else 0)
