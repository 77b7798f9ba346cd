"""Nothing of an office is forgotten when it is carried to another installation."""

import re

from django.apps import apps
from django.db import models

from nithet.foundation.refs.registry import kinds
from nithet.foundation.tenancy.models import OfficeOwned
from nithet.foundation.transfer.references import (
    File,
    Kept,
    Key,
    Secret,
    declared,
    left_out,
    model_of,
    shared,
)
from nithet.foundation.transfer.rows import carried_models, label_of

SUGGESTS = re.compile(
    r"(?:^|_)(?:refs?|records?|about|arose|from|limited|fills|target|source|subject|origin|same|point|cites|token|codes?"
    r"|digest|sha256|password|secret|key|id|uid|cause)(?:_|$)"
)
"""Words in the name of a field that make one think it points somewhere, names a file, or is secret."""


def product_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("nithet.")]


def suspicious(model: type[models.Model]) -> list[str]:
    """Fields that must be declared: JSON, UUIDs, bare keys, and texts whose name suggests a reference."""
    found = []
    for field in model._meta.concrete_fields:
        if field.is_relation or field.primary_key:
            continue
        is_json = isinstance(field, models.JSONField | models.UUIDField | models.BinaryField | models.FileField)
        is_key = isinstance(field, models.IntegerField) and field.name.endswith("_id")
        is_text = isinstance(field, models.CharField | models.TextField) and SUGGESTS.search(field.name)
        if is_json or is_key or is_text:
            found.append(field.name)
    return found


def test_every_model_goes_along_or_is_left_out_with_a_reason() -> None:
    forgotten = [
        label_of(model)
        for model in product_models()
        if label_of(model) not in carried_models() and not left_out().get(label_of(model))
    ]
    assert forgotten == []


def test_every_owned_model_goes_along_unless_it_is_left_out() -> None:
    owned = {label_of(m) for m in product_models() if issubclass(m, OfficeOwned)}
    assert owned - set(carried_models()) == {"notices.notice", "search.searchentry", "transfer.officeexport"}


def test_every_field_that_could_point_somewhere_is_declared() -> None:
    forgotten = [
        f"{label}.{name}"
        for label, model in carried_models().items()
        for name in suspicious(model)
        if name not in declared(label)
    ]
    assert forgotten == []


def test_declarations_name_fields_and_models_that_exist() -> None:
    known = {label_of(model): {f.name for f in model._meta.concrete_fields} for model in product_models()}
    faults = []
    for label in known:
        for name, how in declared(label).items():
            if name not in known[label]:
                faults.append(f"{label}.{name}")
            if isinstance(how, Key) and how.model not in carried_models():
                faults.append(f"{label}.{name} -> {how.model}")
    assert faults == []


def test_every_foreign_key_leads_to_a_model_that_goes_along() -> None:
    loose = [
        f"{label}.{field.name}"
        for label, model in carried_models().items()
        for field in model._meta.concrete_fields
        if isinstance(field.related_model, type) and label_of(field.related_model) not in carried_models()
    ]
    assert loose == []


def test_keys_are_numbers_and_nothing_hangs_on_tables_between() -> None:
    odd = [
        label
        for label, model in carried_models().items()
        if not isinstance(model._meta.pk, models.BigAutoField) or model._meta.many_to_many
    ]
    assert odd == []


def test_every_kept_file_is_a_digest_of_sixty_four_characters() -> None:
    for label, model in carried_models().items():
        for name, how in declared(label).items():
            if isinstance(how, File):
                assert model._meta.get_field(name).max_length == 64, f"{label}.{name}"


def test_every_column_of_a_digest_is_a_file_a_secret_or_kept_to_the_letter() -> None:
    undecided = [
        f"{label}.{field.name}"
        for label, model in carried_models().items()
        for field in model._meta.concrete_fields
        if field.name.endswith("sha256") and not isinstance(declared(label).get(field.name), File | Kept | Secret)
    ]
    assert undecided == []


def test_a_new_field_that_nobody_declared_is_noticed() -> None:
    """The rule itself is tried: these names are caught, and plain words are not."""
    for name in ("about", "arose_from", "source_ref", "closed_by_ref", "file_sha256", "token", "request_key", "record"):
        assert SUGGESTS.search(name), name
    for name in ("title", "note", "owner_title", "reason", "made_by", "district"):
        assert not SUGGESTS.search(name), name


def test_shared_models_have_a_name_and_a_content() -> None:
    for label, said in shared().items():
        fields = {f.name for f in apps.get_model(label)._meta.concrete_fields}
        assert {*said.name, said.content, *said.fill} <= fields


def test_every_kind_of_reference_begins_with_the_key_of_a_model_that_goes_along() -> None:
    assert [kind for kind in sorted(kinds()) if model_of(kind) not in carried_models()] == []
