"""What allauth asks us: nobody signs up by themselves; who comes by single sign-on may be let in, as a reader."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest

from handslag_hub.accounts.models import LAPTOP_USER, User


class AccountAdapter(DefaultAccountAdapter):
    """Signing up is closed; the laptop's user is no account."""

    username_blacklist = [LAPTOP_USER]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators invite."""
        return False


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Who the provider knows comes in as a reader; where domains are named, only with a verified address in one of them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """True if a new account may be made for this login."""
        if not settings.OIDC_DOMAINS:
            return True
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        return any(address.rpartition("@")[2].lower() in settings.OIDC_DOMAINS for address in verified)

    def new_user(self, request: HttpRequest, sociallogin: SocialLogin) -> User:
        """A reader, whatever the provider says."""
        return User()
