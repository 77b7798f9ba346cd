"""`nithet check` walks the history and makes the search anew when asked."""

import pytest
from django.db import connection

from nithet.console.management.commands.check import Command
from nithet.foundation.audit import triggers
from nithet.foundation.audit.chain import link_new_events
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.search.models import SearchEntry
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import Busy
from tests.conftest import Cast
from tests.domain.record_factories import make_project


def test_a_changed_history_is_not_safe(cast: Cast, office: Unit, capsys: pytest.CaptureFixture[str]) -> None:
    make_project(cast.actor("planner"))
    link_new_events(office.pk)
    command = Command()
    assert command._broken_chains() == 0
    triggers.remove(connection)
    AuditEvent.objects.filter(name="project.added").update(actor_name="somebody else")
    triggers.install(connection)
    assert command._broken_chains() == 1
    assert str(office) in capsys.readouterr().out
    with pytest.raises(Busy):
        command.work()


def test_the_search_is_made_anew(cast: Cast, office: Unit, capsys: pytest.CaptureFixture[str]) -> None:
    make_project(cast.actor("planner"))
    assert not SearchEntry.objects.exists()
    Command()._reindex()
    assert SearchEntry.objects.filter(kind="plans.project").count() == 1
    assert str(office) in capsys.readouterr().out
