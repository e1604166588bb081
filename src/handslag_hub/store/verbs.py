"""What can be done, as the trail calls it: every entry of the log has one of these verbs."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

VERBS: Final = {
    "add document": _("added a document"),
    "remove document": _("removed a document"),
    "add document again": _("added a document again"),
    "read again": _("read a document again"),
    "change visibility": _("changed who may see a document"),
    "review": _("reviewed a fact"),
    "accept certain": _("accepted all that is certain on a page"),
    "type": _("typed facts in"),
    "type commitment": _("typed a commitment in"),
    "type agreement": _("typed an agreement in"),
    "type evidence": _("typed in what was heard of a commitment"),
    "type milestone": _("typed a milestone in"),
    "type assessment": _("typed in what was reported of a milestone"),
    "place": _("said which level or group something belongs to"),
    "judge pair": _("said how two commitments of different levels hang together"),
    "follow": _("found what a document says of commitments"),
    "import": _("imported a list"),
    "judge same": _("said that two are the same"),
    "judge different": _("said that two are different"),
    "judge unsure": _("was not sure whether two are the same"),
    "split": _("split an entry"),
    "name split": _("named what was split off"),
    "settle conflict": _("settled a conflict"),
    "write letter": _("wrote a letter"),
    "make address": _("made a private address for a letter’s answer"),
    "send letter": _("sent a letter"),
    "withdraw letter": _("withdrew a letter"),
    "answer": _("answered a letter"),
    "reject answer": _("rejected an answer"),
    "note answer": _("took note of an answer without comment"),
    "watch": _("made somebody a watcher"),
    "watch no longer": _("made somebody a watcher no longer"),
    "make feed": _("made a private address of a feed"),
    "revoke feed": _("took the private address of a feed back"),
    "undo": _("undid"),
    "erase": _("erased a person"),
    "restrict": _("restricted what is known of a person"),
    "erase again": _("masked erased names again"),
    "export": _("exported"),
    "make token": _("made a token of the API"),
    "revoke token": _("took a token of the API back"),
    "log in": _("logged in"),
    "log out": _("logged out"),
    "sign up": _("came in by single sign-on for the first time"),
    "invite": _("invited somebody"),
    "change role": _("changed a role"),
    "deactivate": _("closed an account"),
    "reactivate": _("opened an account again"),
    "end sessions": _("ended the sessions of an account"),
}
# What leaves entries in no log that is folded, so there is nothing that undoing could take back.
FINAL: Final = frozenset({
    "change visibility", "erase", "restrict", "erase again", "export", "make token", "revoke token", "log in", "log out",
    "sign up", "write letter", "make address", "send letter", "withdraw letter", "answer", "make feed", "revoke feed", "invite", "change role", "deactivate", "reactivate", "end sessions",
})  # fmt: skip
