"""Who may see and change what is a person's own."""

from __future__ import annotations

from kompetanseforum.accounts.models import Passkey, SignIn
from kompetanseforum.core.permissions import MUST_PROVE, Viewer, permission
from kompetanseforum.core.refs import ref


@permission("accounts.manage_self")
def may_manage_self(viewer: Viewer, about: object) -> bool:
    """Whoever is signed in, for themselves; every view takes the person from the viewer, never from the address."""
    return viewer.person is not None


@permission("accounts.add_passkey")
def may_add_passkey(viewer: Viewer, about: object) -> bool:
    """Whoever is signed in; one who must sign in with a passkey adds only the first one without."""
    if viewer.person is None:
        return False
    return not viewer.is_a(MUST_PROVE) or not Passkey.objects.filter(person__public_id=viewer.person.id).exists()


@permission("accounts.change_passkey")
def may_change_passkey(viewer: Viewer, passkey: Passkey) -> bool:
    """Its owner alone, who does not do away with the passkey that is asked for by signing in without it."""
    return viewer.person == ref(passkey.person) and not viewer.is_a(MUST_PROVE)


@permission("accounts.end_session")
def may_end_session(viewer: Viewer, session: SignIn) -> bool:
    """Its owner alone; a coordinator ends all of somebody's, without seeing them."""
    return viewer.person == ref(session.person)
