"""An organisation's own login (OpenID Connect): it proves who somebody is, and lets in nobody who was not invited."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from requests import RequestException

from bygd.web.people import links
from bygd.web.people.gate import open_to_all
from bygd.web.people.models import Person
from bygd.web.people.provider import ID


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who is who: an address that the provider has verified is that of the person invited by it, and nobody else's."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never; see `people.links`."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the person invited by the address; from then on they are known by what the provider calls them."""
        if not sociallogin.is_existing:
            addresses = [one.email.casefold() for one in sociallogin.email_addresses if one.verified in (True, "true")]
            person = Person.objects.filter(email__in=addresses, is_active=True).first()
            if person is None:
                raise ImmediateHttpResponse(render(request, "people/unknown.html", status=403))
            sociallogin.connect(request, person)
        links.accept(sociallogin.user)


class Asked(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Takes only a signed token of the provider about the same person as its other answer; keeps nothing but who it is.

    The library would skip the signature, as it may where the token came straight from the provider.
    """

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **answer: Any) -> Any:
        """What the provider says of whoever signs in. Raises OAuth2Error where it cannot be believed."""
        claims = jwtkit.verify_and_decode(
            credential=answer["response"].get("id_token") or "",
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        told = self._fetch_user_info(token.token)
        if told.get("sub") != claims.get("sub"):
            raise OAuth2Error("the token and the answer are about different people")
        found = self.get_provider().sociallogin_from_response(request, {"userinfo": told, "id_token": claims})
        found.account.extra_data = {}
        return found


def provider(request: HttpRequest) -> Any:
    """The provider that is configured; None without."""
    return get_adapter().get_provider(request, ID) if settings.SOCIALACCOUNT_PROVIDERS else None


@open_to_all
@never_cache
@require_POST
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the provider, by way of a page: our own rules let a form be sent nowhere but to us."""
    asked = provider(request)
    if asked is None or provider_id != ID:
        raise Http404
    try:
        answer: HttpResponse = asked.redirect(request, "login", next_url=get_next_redirect_url(request))
    except (RequestException, KeyError, ValueError) as error:
        return _refused(request, asked, error)
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    onward = render(request, "people/onward.html", {"to": answer.url, "name": asked.name})
    onward.headers["Refresh"] = f"0; url={answer.url}"
    return onward


@open_to_all
@never_cache
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider, with a code that is exchanged for who it was."""
    asked = provider(request)
    if asked is None or provider_id != ID:
        raise Http404
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(Asked(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (KeyError, ValueError) as error:  # an answer that is no answer of such a provider
        return _refused(request, asked, error)
    return answer


def _refused(request: HttpRequest, asked: Any, error: Exception) -> HttpResponse:
    page: HttpResponse = render_authentication_error(request, asked, exception=error)
    return page
