"""Issue once, revoke, replace. What was issued is never edited; printing comes later, from frozen values."""

import secrets
from collections import defaultdict
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lms.credentials import numbers, rules, wording
from lms.credentials.events import CredentialEnded, CredentialsIssued
from lms.credentials.models import Credential, Series
from lms.credentials.printing import print_later
from lms.events import publish
from lms.graduation.models import Decision
from lms.programmes.models import Grant, ProgrammeOrganisation
from lms.programmes.scopes import has_role
from lms.verdicts import Refused

KEEPERS = [Grant.Role.STAFF, Grant.Role.DIRECTOR]
DECISION = ("enrolment__learner", "enrolment__intake__track", "enrolment__intake__cohort__programme")


@transaction.atomic
def issue(decisions, *, now):
    """Issue one credential for each decision to graduate that has none. Returns the new ones.

    Called for the same decision again it does nothing: not even a revoked credential is issued a second time.
    Raises Refused, and issues none, when a name cannot be printed.
    """
    fresh = Decision.objects.decided().filter(pk__in=[one.pk for one in decisions], outcome=Decision.Outcome.GRADUATE)
    fresh = list(fresh.filter(credentials=None).select_related(*DECISION).order_by("pk"))
    for one in fresh:
        check_name(one.enrolment.learner)
    hosts = _hosts({one.enrolment.intake.cohort.programme_id for one in fresh})
    return _store([_drafted(one, now, hosts) for one in fresh])


def _drafted(decision, now, hosts):
    learner, intake = decision.enrolment.learner, decision.enrolment.intake
    values = wording.printed(decision, name=learner.name.strip(), now=now, hosts=hosts[intake.cohort.programme_id])
    return Credential(decision=decision, holder=learner, values=values, issued_at=now)


def check_name(learner):
    """Refuse with the person and the characters when the font cannot print the name."""
    verdict = rules.can_be_printed(learner.name)
    if not verdict:
        raise Refused(_("%(name)s: %(reason)s") % {"name": learner, "reason": verdict.reason}, verdict)


def _hosts(programmes):
    """The organisations that issue, by programme id."""
    parties = ProgrammeOrganisation.objects.filter(programme__in=programmes, role=ProgrammeOrganisation.Role.HOST)
    found = defaultdict(list)
    for party in parties.select_related("organisation").order_by("pk"):
        found[party.programme_id].append(party.organisation)
    return found


def _store(credentials):
    """Give each the next number of its series and a random code, and keep them in the same transaction."""
    if not credentials:
        return []
    codes = [numbers.series_code(one.decision.enrolment.intake) for one in credentials]
    series = _locked_series(set(codes))
    for one, code in zip(credentials, codes, strict=True):
        _number(one, series[code])
    Series.objects.bulk_update(series.values(), ["last"])
    Credential.objects.bulk_create(credentials)
    publish(CredentialsIssued(tuple(one.pk for one in credentials)))
    transaction.on_commit(partial(print_later, [one.pk for one in credentials]))
    return credentials


def _locked_series(codes):
    """Rows by code, made when missing, locked in one order until the transaction ends: so numbers have no gaps."""
    Series.objects.bulk_create([Series(code=code) for code in sorted(codes)], ignore_conflicts=True)
    rows = Series.objects.select_for_update().filter(code__in=codes).order_by("code")
    return {row.code: row for row in rows}


def _number(credential, series):
    series.last += 1
    credential.series = series
    credential.number = numbers.number(series.code, series.last)
    credential.code = secrets.token_urlsafe(32)
    credential.values = credential.values | {
        "number": credential.number,
        "verify_url": settings.SITE_URL + reverse("credentials:verify_code", args=[credential.code]),
        "sample": settings.SAMPLE_CERTIFICATES,
    }


@transaction.atomic
def revoke(credential, *, reason, by, now):
    """Say publicly that it is not valid any more. It stays, with the reason."""
    credential = _locked(credential)
    rules.may_end(is_staff=_keeps(credential, by, now), is_valid=credential.is_valid, reason=reason).require()
    _end(credential, Credential.State.REVOKED, reason, by, now)
    return credential


@transaction.atomic
def replace(credential, *, name, reason, by, now):
    """Issue it anew under the corrected name and a new number, which names the old one. Both are kept."""
    old, name = _locked(credential), name.strip()
    rules.may_replace(
        old_name=old.values["name"],
        name=name,
        is_staff=_keeps(old, by, now),
        is_valid=old.is_valid,
        reason=reason,
    ).require()
    _end(old, Credential.State.REPLACED, reason, by, now)
    values = old.values | {"name": name, "issued_on": localdate(now).isoformat(), "replaces": old.number}
    new = Credential(
        decision=old.decision,
        holder=old.holder,
        layout=old.layout,
        values=values | wording.statements(values),
        issued_at=now,
        replaces=old,
    )
    return _store([new])[0]


def _locked(credential):
    rows = Credential.objects.select_for_update(of=("self",))
    return rows.select_related("holder", *(f"decision__{name}" for name in DECISION)).get(pk=credential.pk)


def _keeps(credential, user, now):
    return has_role(user, KEEPERS, now, intake=credential.decision.enrolment.intake)


def _end(credential, state, reason, by, now):
    credential.state, credential.ended_at, credential.ended_by, credential.end_reason = state, now, by, reason
    credential.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])
    log(credential, f"credentials.{'revoke' if state == 'revoked' else 'replace'}", user=by, data={"reason": reason})
    publish(CredentialEnded(credential.pk))
