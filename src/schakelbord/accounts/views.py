"""Pages about who you are: choose a role in the demo, or look after your account."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from schakelbord.accounts.actors import Role
from schakelbord.accounts.demo import PEOPLE
from schakelbord.accounts.models import User
from schakelbord.accounts.rights import may_choose_demo_role
from schakelbord.accounts.selectors import actor_of
from schakelbord.accounts.services import take_demo_role
from schakelbord.core.addresses import safe_return


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """Choose a role of the demo with one click; there is no such page elsewhere."""
    actor = actor_of(request.user)
    if not may_choose_demo_role(actor, demo_roles=settings.SCHAKELBORD_DEMO_ROLES):
        raise Http404
    if request.method == "POST":
        if request.POST.get("role") not in Role.values:
            raise Http404
        take_demo_role(actor, Role(request.POST["role"]), request=request)
        return HttpResponseRedirect(safe_return(request))
    return render(request, "accounts/roles.html", {"people": PEOPLE, "next": safe_return(request)})


def leave_role(request: HttpRequest) -> HttpResponse:
    """Be nobody again; a mere visit to the address changes nothing."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("accounts:roles"))
    logout(request)
    return HttpResponseRedirect(safe_return(request))


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """My account: name, roles, password, second factor. A person of the demo has none of these, only a role."""
    is_played = isinstance(request.user, User) and not request.user.has_usable_password()
    if settings.SCHAKELBORD_DEMO_ROLES and is_played:
        return HttpResponseRedirect(reverse("accounts:roles"))
    return render(request, "accounts/account.html", {"roles": sorted(actor_of(request.user).roles - {Role.READER})})
