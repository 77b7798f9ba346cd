"""Everything is read as it was at one moment, while others go on writing."""

import threading

import pytest
from django.db import connection

from nithet.foundation.accounts.models import User
from nithet.foundation.transfer.cut import at_one_moment
from tests.foundation.jobs.conftest import real_database  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def write_elsewhere() -> None:
    faults: list[Exception] = []

    def work() -> None:
        try:
            User.objects.create_user("meanwhile", display_name="meanwhile")
        except Exception as error:  # noqa: BLE001  told to the test below
            faults.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert not thread.is_alive() and faults == []


def test_what_is_written_meanwhile_is_not_seen_and_is_not_kept_waiting(real_database: dict[str, str]) -> None:  # noqa: F811
    with at_one_moment():
        assert User.objects.count() == 0
        write_elsewhere()
        assert User.objects.count() == 0
    assert User.objects.count() == 1


def test_after_an_error_the_connection_is_free_again(real_database: dict[str, str]) -> None:  # noqa: F811
    with pytest.raises(LookupError), at_one_moment():
        User.objects.count()
        raise LookupError
    write_elsewhere()
    assert User.objects.count() == 1
