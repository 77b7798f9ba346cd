"""The page that has the whole office written into one file."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.jobs.worker import drain
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.transfer.container import opened
from nithet.foundation.transfer.jobs import clear_old_exports
from nithet.foundation.transfer.models import OfficeExport
from nithet.foundation.transfer.queries import path_of
from nithet.kernel import clock
from tests.conftest import Cast
from tests.web.people.test_joining import browser_of

PAGE = "settings:whole_office"


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.NITHET_DATA = tmp_path


def asked(cast: Cast) -> OfficeExport:
    browser = browser_of(cast, "administrator")
    assert browser.post(reverse("settings:ask_whole_office")).status_code == 302
    with scope(cast.office.pk):
        return OfficeExport.objects.get()


def names(cast: Cast) -> set[str]:
    return set(AuditEvent.objects.filter(office=cast.office).values_list("name", flat=True))


def test_the_administrator_has_the_file_made_and_takes_it_away(cast: Cast) -> None:
    made = asked(cast)
    browser = browser_of(cast, "administrator")
    assert "กำลังจัดทำ" in browser.get(reverse(PAGE)).content.decode()
    assert drain().failed == 0
    made.refresh_from_db()
    assert made.state == "ready" and len(made.sha256) == 64 and made.size
    answer = browser.post(reverse("settings:take_whole_office", args=[made.pk]))
    assert answer["Content-Disposition"].startswith("attachment") and "no-store" in answer["Cache-Control"]
    kept = Path(path_of(made))
    assert b"".join(answer.streaming_content) == kept.read_bytes()  # type: ignore[attr-defined]
    assert kept.stat().st_mode & 0o077 == 0
    with opened(kept) as box:
        assert box.manifest["office"]["name"] == cast.office.name
    assert {"office.export_asked", "office.export_made", "office.export_taken"} <= names(cast)


def test_while_one_is_being_made_no_second_is_begun(cast: Cast) -> None:
    asked(cast)
    answer = browser_of(cast, "administrator").post(reverse("settings:ask_whole_office"))
    assert answer.status_code == 409
    with scope(cast.office.pk):
        assert OfficeExport.objects.count() == 1


def test_work_that_was_broken_off_does_not_stand_in_the_way_for_ever(cast: Cast) -> None:
    made = asked(cast)
    with scope(cast.office.pk):
        OfficeExport.objects.filter(pk=made.pk).update(asked_at=clock.now() - timedelta(hours=7))
    assert browser_of(cast, "administrator").post(reverse("settings:ask_whole_office")).status_code == 302
    with scope(cast.office.pk):
        assert sorted(OfficeExport.objects.values_list("state", flat=True)) == ["failed", "waiting"]
    assert "งานหยุดกลางคัน" in browser_of(cast, "administrator").get(reverse(PAGE)).content.decode()


def test_after_a_day_it_is_gone(cast: Cast) -> None:
    import os

    made = asked(cast)
    drain()
    path, old = path_of(made), (clock.now() - timedelta(days=1, minutes=1)).timestamp()
    os.utime(path, (old, old))
    assert clear_old_exports.call() == 1
    assert not path.exists()
    browser = browser_of(cast, "administrator")
    answer = browser.post(reverse("settings:take_whole_office", args=[made.pk]), follow=True)
    assert "ไฟล์นี้ถูกลบแล้ว" in answer.content.decode()
    assert "office.export_taken" not in names(cast)


def test_a_failure_is_told_in_words(cast: Cast) -> None:
    from nithet.foundation.files.store import store
    from nithet.foundation.tenancy.models import OfficeSettings

    blob = store("logos", b"a picture")
    OfficeSettings.objects.create(office=cast.office, logo_sha256=blob.sha256)
    from nithet.foundation.files.places import path_of as place_of

    place = place_of("logos", blob.sha256)
    place.chmod(0o600)
    place.write_bytes(b"another one")
    made = asked(cast)
    drain()
    made.refresh_from_db()
    assert made.state == "failed" and blob.sha256 in made.why
    assert "office.export_failed" in names(cast)
    assert not list(path_of(made).parent.glob("*"))


@pytest.mark.parametrize("who", ["director", "planner", "supervisor", "school_head"])
def test_others_do_not_find_it(cast: Cast, who: str) -> None:
    made = asked(cast)
    drain()
    browser = browser_of(cast, who)
    assert browser.get(reverse(PAGE)).status_code == 404
    assert browser.post(reverse("settings:ask_whole_office")).status_code == 404
    assert browser.post(reverse("settings:take_whole_office", args=[made.pk])).status_code == 404


def test_another_offices_administrator_does_not_find_the_file(cast: Cast) -> None:
    from nithet.foundation.access.models import Posting
    from nithet.foundation.access.roles import Role

    made = asked(cast)
    drain()
    Posting.objects.filter(user=cast.users["outsider"]).update(role=Role.ADMINISTRATOR)
    browser = browser_of(cast, "outsider")
    assert browser.get(reverse(PAGE)).status_code == 200
    assert browser.post(reverse("settings:take_whole_office", args=[made.pk])).status_code == 404
