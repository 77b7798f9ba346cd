"""A no leads back to the page it was asked on."""

import uuid

from django.test import Client

from nithet.domain.assessments.models import Round
from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast


def test_a_broken_rule_leads_back_to_its_page_and_never_elsewhere(cast: Cast, taken_over: Round, client: Client) -> None:
    page = f"/rounds/{taken_over.pk}/"
    with scope(None):
        client.force_login(cast.users["director"])
        for referer, back in (("http://testserver" + page, True), ("http://evil.example" + page, False)):
            answer = client.post(f"{page}close/", {"key": uuid.uuid4().hex}, HTTP_REFERER=referer)
            assert answer.status_code == 422
            assert (f'href="{page}"' in answer.content.decode()) is back
