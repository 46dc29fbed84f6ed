"""Whatever a patient writes, wherever: danger in it is told to the team first, and the card is shown."""

from __future__ import annotations

import pytest

import web
from thirdchair_web.crisis import hearing
from thirdchair_web.crisis.models import CrisisAlert

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

DANGER = "I have the pills beside me and I am going to take them tonight."
WISH = "I wish I did not wake up in the morning."


@pytest.fixture
def patient():
    return web.make_patient()


def test_danger_raises_an_alert_and_shows_the_card(patient):
    heard = hearing.hear(DANGER, patient=patient)
    assert heard.shows_card and heard.alerted and heard.could_hear
    assert CrisisAlert.objects.get().patient_ref == patient.ref


def test_everyday_words_do_neither(patient):
    assert hearing.hear("I slept well and went for a walk.", patient=patient) == hearing.Heard(False, None)
    assert not CrisisAlert.objects.exists()


def test_where_the_screen_cannot_run_the_card_is_shown(patient, monkeypatch):
    def broken(words: str):
        raise RuntimeError(words)

    monkeypatch.setattr(hearing, "screen", broken)
    heard = hearing.hear(WISH, patient=patient)
    assert heard.shows_card and not heard.could_hear


def test_where_the_alert_cannot_be_kept_it_says_that_nobody_was_told(patient, monkeypatch, caplog):
    def full(*_, **__):
        raise OSError(DANGER)

    monkeypatch.setattr(hearing, "raise_chat_alert", full)
    heard = hearing.hear(DANGER, patient=patient)
    assert heard.shows_card and heard.alerted is False
    assert "pills" not in caplog.text
