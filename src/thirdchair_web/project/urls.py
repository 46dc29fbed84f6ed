"""Addresses. Of allauth's pages only those a person here can need are routed."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

from thirdchair_web.crisis import views as crisis
from thirdchair_web.governance import views as governance
from thirdchair_web.patient import own_consent
from thirdchair_web.patient import views as patient
from thirdchair_web.project.home import home
from thirdchair_web.project.views import choose_language
from thirdchair_web.review import consent_views, judging_views
from thirdchair_web.review import views as review
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
    path("patients/<slug:ref>/who-decides/", consent_views.who_decides, name="who-decides"),
    path("my/consent/<slug:use>/questions/", own_consent.check, name="my-check"),
    path("my/answers/<int:number>/", own_consent.answer, name="my-answer"),
    path("my/answers/<int:number>/receipt.<slug:kind>", own_consent.receipt, name="my-receipt"),
    path("my/preferences/", own_consent.own_preferences, name="my-preferences"),
    path("my/data/files/", own_consent.data_page, name="my-data-files"),
    path("my/room/", own_consent.room, name="my-room"),
    path("my/no-ai/", own_consent.no_ai, name="my-no-ai"),
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
]
