"""Whoever guesses the words of links is asked to wait; a link that is good is not counted."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from nithet.foundation.tenancy.scope import scope
from tests.conftest import Cast

LINKS = ["people:join", "evidence:paper", "reviews:sign"]


@pytest.mark.parametrize("name", LINKS)
def test_guessing_is_slowed_down_on_every_page_that_a_word_opens(cast: Cast, name: str) -> None:
    cache.clear()
    client = Client()
    with scope(None):
        answers = [client.get(reverse(name, args=[f"GUESS{n}"])) for n in range(32)]
    assert [one.status_code for one in answers[:30]] == [404] * 30
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "60"
