"""Who is to sign, what was decided, what was issued or ended. Each subscriber tells of a whole sitting at once."""

from itertools import groupby

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms import clock
from lms.credentials.events import CredentialEnded, CredentialsIssued, PdfLost
from lms.credentials.models import Credential
from lms.enrolment.models import Enrolment
from lms.events import records
from lms.graduation.events import GraduationDecided, GraduationProposed, ProposalRefused, SubstituteNamed
from lms.graduation.models import Decision, Signature
from lms.notifications.actions import tell
from lms.notifications.models import KEEPERS
from lms.notifications.notices import Notice, language_of
from lms.programmes.models import Grant, Substitute

INTAKE = ("enrolment__intake__track", "enrolment__intake__cohort")


# --- signing --------------------------------------------------------------------------------------------------------
@records(GraduationProposed)
def ask_for_signatures(event):
    """One message per signer and intake, however many learners were proposed."""
    decisions = Decision.objects.filter(pk__in=event.decision_ids).select_related(*INTAKE)
    by_intake = groupby(decisions.order_by("enrolment__intake", "pk"), key=lambda one: one.enrolment.intake)
    for intake, group in by_intake:
        proposed = list(group)
        proposer = proposed[0].proposed_by_id
        signers = {given.user for given in _signing_grants(intake) if given.user_id != proposer}
        tell(*(_to_signer(person, intake, proposed) for person in signers), now=proposed[0].proposed_at)


def _signing_grants(intake):
    return _grants(intake, list(Signature.Capacity))


def _grants(intake, roles):
    """Active grants in these roles that reach the intake."""
    reached = Q(intake=intake) | Q(cohort=intake.cohort_id) | Q(programme=intake.cohort.programme_id)
    return Grant.objects.active(clock.now()).filter(reached, role__in=roles).select_related("user")


def _to_signer(person, intake, proposed):
    with language_of(person):
        subject = ngettext(
            "%(count)s proposal waits for your signature: %(intake)s",
            "%(count)s proposals wait for your signature: %(intake)s",
            len(proposed),
        ) % {"count": len(proposed), "intake": intake}
        address = reverse("desk_graduation:intake", args=[intake.pk])
        return Notice(person, "to_sign", proposed[0].pk, subject, url=address)


@records(ProposalRefused)
def tell_proposers(event):
    refused = Decision.objects.filter(pk__in=event.decision_ids).select_related(
        "enrolment__learner", "proposed_by", "refused_by", *INTAKE
    )
    tell(*(_to_proposer(one) for one in refused), now=max(one.refused_at for one in refused))


def _to_proposer(decision):
    person = decision.proposed_by
    with language_of(person):
        names = {"learner": decision.enrolment.learner, "name": decision.refused_by}
        subject = _("Proposal sent back: %(learner)s") % names
        body = _("%(name)s has not signed. The reason stands on the learner's page.") % names
        address = reverse("desk_graduation:dossier", args=[decision.enrolment_id])
        return Notice(person, "proposal_refused", decision.pk, subject, body, address)


# --- decided --------------------------------------------------------------------------------------------------------
@records(GraduationDecided)
def tell_learners(event):
    decided = Decision.objects.filter(pk__in=event.decision_ids).select_related("enrolment__learner", *INTAKE)
    tell(*(_to_learner(one) for one in decided), now=max(one.decided_at for one in decided))


def _to_learner(decision):
    learner, track = decision.enrolment.learner, decision.enrolment.intake.track
    with language_of(learner):
        if decision.outcome == Decision.Outcome.GRADUATE:
            subject = _("Congratulations, you graduate: %(track)s") % {"track": track}
            body = _("Two people have signed. Your certificate is being made.")
        else:
            subject = _("Not yet graduated: %(track)s") % {"track": track}
            body = _("What is still missing, and what to do about it, stands on your graduation page.")
        address = reverse("graduation:enrolment", args=[decision.enrolment_id])
        return Notice(learner, "decided", decision.pk, subject, body, address)


@records(SubstituteNamed)
def tell_of_substitute(event):
    """Everybody who learns in the intake, with the reason: what they are asked for has changed."""
    named = Substitute.objects.select_related("frozen__intake__track", "activity").get(pk=event.substitute_id)
    learning = Enrolment.objects.active().filter(intake=named.frozen.intake).select_related("learner")
    tell(*(_of_substitute(named, one) for one in learning), now=named.named_at)


def _of_substitute(named, enrolment):
    learner, names = enrolment.learner, {"frozen": named.frozen.title, "title": named.activity.title}
    with language_of(learner):
        subject = _("“%(title)s” now counts in place of “%(frozen)s”") % names
        body = _("Reason: %(reason)s") % {"reason": named.reason}
        body += " " + _("If you have completed the old one, it goes on counting.")
        address = reverse("graduation:enrolment", args=[enrolment.pk])
        return Notice(learner, "substitute", named.pk, subject, body, address)


# --- certificates ---------------------------------------------------------------------------------------------------
@records(CredentialsIssued)
def tell_holders(event):
    issued = Credential.objects.filter(pk__in=event.credential_ids).select_related("holder", "replaces")
    tell(*(_of_issue(one) for one in issued), now=max(one.issued_at for one in issued))


def _of_issue(credential):
    holder = credential.holder
    with language_of(holder):
        names = {"number": credential.number, "old": credential.replaces and credential.replaces.number}
        subject = _("Your certificate: %(number)s") % names
        body = _("Anybody can check it by its link, its QR code, or its number and your name.")
        if credential.replaces:
            subject = _("Your new certificate: %(number)s") % names
            body = _("It replaces %(old)s, which is not valid any more.") % names
        address = reverse("credentials:credential", args=[credential.uuid])
        return Notice(holder, "credential", credential.pk, subject, body, address)


@records(CredentialEnded)
def tell_of_revocation(event):
    """A replaced one is told of by the one that replaces it."""
    credential = Credential.objects.select_related("holder").get(pk=event.credential_id)
    if credential.state != Credential.State.REVOKED:
        return
    holder = credential.holder
    with language_of(holder):
        subject = _("Your certificate was revoked: %(number)s") % {"number": credential.number}
        body = _("Reason: %(reason)s") % {"reason": credential.end_reason}
        address = reverse("credentials:credential", args=[credential.uuid])
        notice = Notice(holder, "credential_ended", credential.pk, subject, body, address)
    tell(notice, now=credential.ended_at)


@records(PdfLost)
def tell_the_office(event):
    """Once per certificate and person, however often somebody asks for the file."""
    rows = Credential.objects.select_related(*(f"decision__{name}" for name in INTAKE))
    credential = rows.get(pk=event.credential_id)
    keepers = {given.user for given in _grants(credential.decision.enrolment.intake, KEEPERS)}
    tell(*(_of_loss(person, credential) for person in keepers), now=clock.now())


def _of_loss(person, credential):
    with language_of(person):
        subject = _("The file of a certificate is lost: %(number)s") % {"number": credential.number}
        body = _("It cannot be made anew as it was. Ask whoever runs this site to bring it back from a backup.")
        address = reverse("desk_credentials:credential", args=[credential.uuid])
        return Notice(person, "pdf_lost", credential.pk, subject, body, address)
