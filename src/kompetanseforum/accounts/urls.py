from django.urls import path

from kompetanseforum.accounts.views import coming_in, elsewhere, my_data, my_page, passkeys, proving, sessions

app_name = "accounts"
urlpatterns = [
    path("logg-inn", coming_in.come_in, name="sign_in"),
    path("logg-inn/kode", coming_in.code, name="code"),
    path("logg-inn/navn", coming_in.name, name="name"),
    path("logg-inn/passnokkel/spor", passkeys.ask_to_sign_in, name="ask_to_sign_in"),
    path("logg-inn/passnokkel", passkeys.sign_in_by_passkey, name="sign_in_by_passkey"),
    path("logg-inn/med/<slug:provider>", elsewhere.go, name="elsewhere"),
    path("logg-inn/med/<slug:provider>/tilbake", elsewhere.back, name="back"),
    path("logg-inn/avbrutt", coming_in.not_signed_in, name="not_signed_in"),
    path("bli-med", coming_in.join_openly, name="join"),
    path("logg-ut", coming_in.sign_out_here, name="sign_out"),
    path("min-side", my_page.my_page, name="my_page"),
    path("min-side/om-meg", my_page.profile, name="profile"),
    path("min-side/e-post", my_page.email, name="email"),
    path("min-side/e-post/kode", my_page.email_code, name="confirm_email"),
    path("min-side/passnokler", passkeys.passkeys, name="passkeys"),
    path("min-side/passnokler/spor", passkeys.ask_to_add, name="ask_to_add"),
    path("min-side/passnokler/ny", passkeys.add, name="add_passkey"),
    path("min-side/passnokler/<slug:public_id>/fjern", passkeys.remove, name="remove_passkey"),
    path("min-side/opplysninger", my_data.my_data, name="my_data"),
    path("min-side/opplysninger.json", my_data.copy, name="copy"),
    path("min-side/slett-meg", my_data.erase, name="erase"),
    path("min-side/enheter", sessions.sessions, name="sessions"),
    path("min-side/enheter/<slug:public_id>/avslutt", sessions.end, name="end_session"),
    path("min-side/andre-enheter", sessions.end_others, name="end_sessions"),
    path("min-side/er-det-deg", proving.prove, name="prove"),
]
