"""From upload to signature, through the actions the pages use."""

from __future__ import annotations

import pytest

import web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]


def test_edits_are_kept_for_the_next_visit():
    from thirdchair_web.review import actions
    from thirdchair_web.review.models import Draft

    nurse = web.make_clinician()
    web.switch_on()
    patient = web.make_patient()
    web.agree(patient, by=nurse)
    run = web.upload(patient, by=nurse)
    web.work()
    run.refresh_from_db()
    assert run.state == "drafted", run.rule
    draft = Draft.objects.get(run=run)
    actions.open_draft(draft, by=nurse)
    first = draft.read().sentences[0]
    actions.save_edits(draft.id, actions.Edits(texts={first.id: "Wakes at four."}), revision=0, by=nurse)
    draft.refresh_from_db()
    assert actions.read_edits(draft).texts == {first.id: "Wakes at four."}
