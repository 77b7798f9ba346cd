"""What an office chooses: the address of its QR codes, and numbers that run by year."""

import pytest
from django.test import RequestFactory

from nithet.foundation.tenancy.models import OfficeSettings
from nithet.foundation.tenancy.numbering import letter_number, next_number
from nithet.foundation.tenancy.queries import public_address
from tests.conftest import Cast


def test_codes_begin_with_the_office_own_address_then_the_installation_then_the_request(
    cast: Cast, settings
) -> None:
    request = RequestFactory().get("/", headers={"host": "127.0.0.1"})
    settings.CSRF_TRUSTED_ORIGINS = []
    assert public_address(cast.office.pk) == ""
    assert public_address(cast.office.pk, request) == "http://127.0.0.1"
    settings.CSRF_TRUSTED_ORIGINS = ["https://one.example", "https://two.example"]
    assert public_address(cast.office.pk, request) == "https://one.example"
    OfficeSettings.objects.create(office=cast.office, public_address="https://own.example/")
    assert public_address(cast.office.pk, request) == "https://own.example"
    assert public_address(cast.other_office.pk) == "https://one.example"


@pytest.mark.django_db
def test_numbers_run_from_one_by_office_series_and_year(cast: Cast) -> None:
    given = [next_number(cast.office.pk, "letter", 2555) for _ in range(3)]
    assert given == [1, 2, 3]
    assert next_number(cast.office.pk, "letter", 2556) == 1
    assert next_number(cast.office.pk, "order", 2555) == 1
    assert next_number(cast.other_office.pk, "letter", 2555) == 1


def test_a_letter_number_wears_the_code_of_the_office(cast: Cast) -> None:
    OfficeSettings.objects.create(office=cast.office, letter_prefix="ศธ 04000/")
    assert letter_number(cast.office.pk, 12) == "ศธ 04000/12"
    assert letter_number(cast.office.pk, 7, circular=True) == "ศธ 04000/ว7"
