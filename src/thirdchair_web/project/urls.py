"""Addresses. Of allauth's pages only those a person here can need are routed."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

from thirdchair_web.asking import views as asking
from thirdchair_web.carers import views as carers
from thirdchair_web.crisis import duty_views, own_views, protocol_views
from thirdchair_web.crisis import views as crisis
from thirdchair_web.governance import views as governance
from thirdchair_web.harm import views as harm
from thirdchair_web.letters import views as letters
from thirdchair_web.notifying import views as notifying
from thirdchair_web.patient import asking_views, own_consent
from thirdchair_web.patient import views as patient
from thirdchair_web.project.home import home
from thirdchair_web.project.views import choose_language
from thirdchair_web.questionnaires import diary_views as own_diary
from thirdchair_web.questionnaires import staff_views as questionnaires
from thirdchair_web.questionnaires import views as own_questionnaires
from thirdchair_web.review import consent_views, judging_views
from thirdchair_web.review import views as review
from thirdchair_web.safety_plan import offline
from thirdchair_web.safety_plan import views as safety_plan
from thirdchair_web.talk import views as talk
from thirdchair_web.team import views as team

handler400 = "thirdchair_web.project.views.bad_request"
handler403 = "thirdchair_web.project.views.forbidden"
handler404 = "thirdchair_web.project.views.not_found"
handler429 = "thirdchair_web.project.views.too_many_requests"
handler500 = "thirdchair_web.project.views.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("help-now/", patient.help_now, name="crisis-card"),
    path("patients/", review.patients, name="patients"),
    path("patients/new/", review.new_patient, name="new-patient"),
    path("patients/<slug:ref>/", review.patient, name="patient"),
    path("patients/<slug:ref>/consent/<slug:use>/", consent_views.recorded_by_staff, name="consent"),
    path("patients/<slug:ref>/upload/", review.upload, name="upload"),
    path("patients/<slug:ref>/second-reading/<slug:use_id>/", judging_views.new_case, name="new-case"),
    path("second-readings/<uuid:case_id>/", judging_views.judged_case, name="judged-case"),
    path("drafting/<uuid:run_id>/", review.run, name="run"),
    path("sessions/<uuid:encounter_id>/draft-again/", review.draft_again, name="draft-again"),
    path("sessions/<uuid:encounter_id>/speakers/", review.speakers, name="speakers"),
    path("drafts/<uuid:draft_id>/", review.draft, name="draft"),
    path("notes/<uuid:note_id>/", review.note, name="note"),
    path("notes/<uuid:note_id>/note.<slug:kind>", review.download, name="note-file"),
    path("alerts/", crisis.alerts, name="alerts"),
    path("alerts/<uuid:alert_id>/", crisis.alert, name="alert"),
    path("team/", team.tasks, name="team-tasks"),
    path("team/<uuid:task_id>/", team.task, name="team-task"),
    path("patients/<slug:ref>/letters/", letters.letters, name="letters"),
    path("letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("letters/<uuid:letter_id>/look/", letters.look, name="letter-look"),
    path("letters/<uuid:letter_id>/stop-draft/", letters.stop_draft, name="letter-draft-stop"),
    path("my/letters/", letters.my_letters, name="my-letters"),
    path("my/letters/<uuid:letter_id>/", letters.my_letter, name="my-letter"),
    path("my/letters/<uuid:letter_id>/letter.<slug:kind>", letters.my_letter_file, name="my-letter-file"),
    path("uses/", governance.uses, name="uses"),
    path("uses/stop/", governance.stop, name="stop"),
    path("uses/adjustments/<uuid:adjustment_id>/sign/", governance.sign_adjustment, name="sign-adjustment"),
    path("uses/<slug:use_id>/", governance.use, name="use"),
    path("uses/<slug:use_id>/adjust/", governance.adjust, name="adjust"),
    path("uses/<slug:use_id>/switch/", governance.switch, name="switch-use"),
    path("trail/", governance.trail, name="trail"),
    path("trail/export/", governance.export, name="trail-export"),
    path("my/", patient.home, name="my-home"),
    path("my/consent/<slug:use>/", own_consent.own_consent, name="my-consent"),
    path("my/ledger/", patient.ledger, name="my-ledger"),
    path("my/data/", patient.own_data, name="my-data"),
    path("my/erasure/", patient.own_erasure, name="my-erasure"),
    path("notices/", notifying.notices, name="notices"),
    path("notices/stream/", notifying.notices_stream, name="notices-stream"),
    path("notices/again/", notifying.notices_again, name="notices-again"),
    path("patients/<slug:ref>/questionnaires/", questionnaires.questionnaires, name="questionnaires"),
    path(
        "patients/<slug:ref>/questionnaires/<slug:name>/fill/",
        questionnaires.fill_with_patient,
        name="fill-questionnaire",
    ),
    path(
        "patients/<slug:ref>/questionnaires/<slug:name>/end/",
        questionnaires.end_questionnaire,
        name="end-questionnaire",
    ),
    path("patients/<slug:ref>/diary/", questionnaires.shared_diary, name="shared-diary"),
    path("my/questionnaires/", own_questionnaires.own_questionnaires, name="my-questionnaires"),
    path("my/questionnaires/<slug:name>/", own_questionnaires.own_questionnaire, name="my-questionnaire"),
    path(
        "my/questionnaires/<slug:name>/done/",
        own_questionnaires.own_questionnaire_done,
        name="my-questionnaire-done",
    ),
    path(
        "my/questionnaires/<slug:name>/decline/",
        own_questionnaires.decline_questionnaire,
        name="my-questionnaire-decline",
    ),
    path("my/diary/", own_diary.own_diary, name="my-diary"),
    path("my/diary/sharing/", own_diary.own_diary_sharing, name="my-diary-sharing"),
    path("my/diary/<slug:day>/", own_diary.own_diary_day, name="my-diary-day"),
    path("my/safety-plan/", safety_plan.own_plan, name="my-safety-plan"),
    path("my/safety-plan/change/", safety_plan.change_own_plan, name="my-safety-plan-change"),
    path("my/safety-plan/before/<int:number>/", safety_plan.own_version, name="my-safety-plan-version"),
    path("my/safety-plan/now/", safety_plan.own_answer, name="my-safety-plan-now"),
    path("my/safety-plan/keep/", safety_plan.keep_own_plan, name="my-safety-plan-keep"),
    path("patients/<slug:ref>/safety-plan/", safety_plan.plan_together, name="safety-plan"),
    path("worker.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("patients/<slug:ref>/who-decides/", consent_views.who_decides, name="who-decides"),
    path("my/consent/<slug:use>/questions/", own_consent.check, name="my-check"),
    path("my/answers/<int:number>/", own_consent.answer, name="my-answer"),
    path("my/answers/<int:number>/receipt.<slug:kind>", own_consent.receipt, name="my-receipt"),
    path("my/preferences/", own_consent.own_preferences, name="my-preferences"),
    path("my/data/files/", own_consent.data_page, name="my-data-files"),
    path("my/room/", own_consent.room, name="my-room"),
    path("my/no-ai/", own_consent.no_ai, name="my-no-ai"),
    path("my/choices/", patient.choices, name="my-choices"),
    path("my/ask/", asking_views.ask, name="my-ask"),
    path("my/questions/", asking_views.my_questions, name="my-questions"),
    path("my/reach/", asking_views.reach, name="my-reach"),
    path("carers/", carers.home, name="carer-home"),
    path("carers/ask/", carers.ask, name="carer-ask"),
    path("carers/person/", carers.ask_person, name="carer-person"),
    path("carers/calls/", carers.calls, name="carer-calls"),
    path("library/", asking.library, name="library"),
    path("library/<slug:page_id>/", asking.library_page, name="library-page"),
    path("what-ai-gets-wrong/", asking.what_goes_wrong, name="what-goes-wrong"),
    path("harm/report/", harm.report, name="report-harm"),
    path("harm/", harm.reports, name="harm-reports"),
    path("harm/<uuid:report_id>/", harm.review, name="harm-report"),
    path("duty-of-care/", harm.duty_of_care, name="duty-of-care"),
    path("my/talk/", talk.my_talk, name="my-talk"),
    path("my/talk/say/", talk.say, name="say-talk"),
    path("my/talk/leave/", talk.leave, name="leave-talk"),
    path("my/talk/choices/", talk.choices, name="talk-choices"),
    path("patients/<slug:ref>/talk/", talk.open_for, name="talk-for"),
    path("conversations/<uuid:conversation_id>/summarise/", talk.summarise, name="summarise-talk"),
    path("language/", choose_language, name="set_language"),
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/closed/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/second-factor/", second_factor.index, name="mfa_index"),
    path("account/second-factor/check/", second_factor.authenticate, name="mfa_authenticate"),
    path("account/second-factor/confirm/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/switch-off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("rota/", duty_views.rota, name="rota"),
    path("rota/shifts/new/", duty_views.new_shift, name="new-shift"),
    path("rota/shifts/<uuid:shift_id>/remove/", duty_views.remove_shift, name="remove-shift"),
    path("rota/clocks/", duty_views.clocks, name="crisis-clocks"),
    path("rota/drills/", duty_views.all_drills, name="drills"),
    path("rota/drills/start/", duty_views.start_drill, name="start-drill"),
    path("rota/counts/", duty_views.counts, name="crisis-counts"),
    path("protocol/", protocol_views.protocol, name="crisis-protocol"),
    path("protocol/configuration.json", protocol_views.protocol_file, name="crisis-protocol-file"),
    path("my/help-status/", own_views.help_status, name="my-help-status"),
    path("my/emergency-contact/", own_views.own_contact, name="my-emergency-contact"),
]
