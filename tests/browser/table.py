"""The table of pages: who sees which address in which state; with which status, or that it leads on, where not 200.

{names} in it are looked up in the running site by ``places`` and ``rare``. Every address of ours that answers a plain
request stands here or in NOT_PAGES with the reason; ``test_pages`` compares the two with the site's addresses.
"""

LESSONS = [
    "protection/m1/mandatory-reporting",
    "protection/m2/children-in-difficulty",
    "protection/m2/guardianship-and-domestic-violence",
    "protection/m3/roles-bullying-online-confidentiality",
    "crisis/m1/trauma-informed",
    "crisis/m1/psychological-first-aid",
    "crisis/m2/suicide-and-self-harm",
    "crisis/m2/first-response-to-abuse",
    "crisis/m3/referral-and-self-care",
    "casework/m1/intake",
    "casework/m1/family-assessment",
    "casework/m2/plan-to-closing",
    "casework/m2/recording",
    "casework/m3/understanding-and-encouragement",
    "casework/m3/solving-problems",
]

PAGES = {
    # an attempt lasts twenty minutes: these come first, here and below
    "mingyue": """
        /work/attempts/{attempt}/ /work/attempts/{attempt}/check/ /learn/ /learn/tasks/ /cases/ /cases/new/
        /certificates/ to:/graduation/ /inbox/ /work/quizzes/{quiz}/ /work/assignments/{record}/
        /courses/crisis/
    """,
    "": """
        / /programmes/liangxing/ /courses/ /courses/protection/ /courses/search/ /courses/search/?q=保护
        /courses/search/?q=xyzzy /courses/tags/{tag}/ /pages/privacy/ /pages/children/ /pages/accessibility/
        /pages/contact/ /accounts/login/ /accounts/signup/ /accounts/password/reset/ /accounts/password/reset/done/
        to:/accounts/password/reset/key/{reset_key}/ /accounts/password/reset/key/nobody-nothing/
        /accounts/password/reset/key/done/ /accounts/confirm-email/ /accounts/confirm-email/{confirm_key}/
        /accounts/confirm-email/nothing/ /accounts/inactive/
        /certificates/verify/ /certificates/verify/{code}/ /certificates/verify/{replaced_code}/
        /certificates/verify/{revoked_code}/ 404:/certificates/verify/nothing/ /offline/ 404:/nothing/
        404:/courses/nothing/ 404:/programmes/nothing/ 404:/pages/nothing/
    """,
    "learner": f"""
        /learn/ /learn/tasks/ /learn/record/ /courses/ /courses/crisis/ {{lesson}}
        {" ".join(f"/courses/{lesson}/" for lesson in LESSONS)}
        /work/quizzes/{{quiz}}/ 403:/work/quizzes/{{locked_quiz}}/ /courses/casework/ /work/attempts/{{result}}/result/
        /work/assignments/{{assignment}}/
        /work/assignments/{{record}}/ /work/submissions/{{returned}}/ /work/submissions/{{returned}}/parts/intake/
        /work/submissions/{{returned}}/parts/assessment/ /work/submissions/{{returned}}/parts/plan/
        /work/submissions/{{returned}}/parts/work/ /work/submissions/{{returned}}/parts/outcome/
        /work/submissions/{{returned}}/parts/ending/?check /work/submissions/{{returned}}/parts/reflection/
        /work/submissions/{{returned}}/check/ /work/submissions/{{returned}}/versions/1/
        /work/submissions/{{returned}}/versions/1/receipt/ /work/submissions/{{accepted}}/
        /cases/ /cases/new/ /cases/hours/ /cases/hours/{{time}}/ /cases/record/{{record}}/ /cases/{{returned_case}}/
        /cases/{{returned_case}}/consent/ /cases/{{returned_case}}/names/
        /cases/{{returned_case}}/consent/{{consent}}/withdraw/ /cases/{{accepted_case}}/ /cases/{{fresh_case}}/
        /cases/{{fresh_case}}/consent/ /cases/{{fresh_case}}/consent/guardian/ /cases/{{fresh_case}}/consent/child/
        /cases/{{simulated_case}}/ /cases/consent-text/{{consent_text}}/ to:/graduation/
        /graduation/{{enrolment}}/ /learn/leave/{{learning}}/ /certificates/ /inbox/ /inbox/{{message}}/ /me/ /me/edit/
        /me/openings/ /me/again/
        /accounts/email/ /accounts/password/change/ /accounts/logout/ /accounts/2fa/ /accounts/2fa/totp/activate/
        /accounts/2fa/webauthn/ /accounts/2fa/webauthn/add/ /accounts/reauthenticate/ /accounts/sessions/
        404:/desk/ 404:/desk/admissions/ 404:/cases/K-2020-9999/
    """,
    "newcomer": """
        /learn/ to:/applications/ /applications/{newcomer}/ /applications/{newcomer}/form/person/
        /applications/{newcomer}/form/education/ /applications/{newcomer}/form/experience/?check
        /applications/{newcomer}/form/reasons/?check /applications/{newcomer}/form/evidence/
        /applications/{newcomer}/form/statements/ /applications/{newcomer}/check/ /applications/{newcomer}/print/
        /programmes/liangxing/ /courses/crisis/ 403:/courses/crisis/m1/psychological-first-aid/
        /work/assignments/{record}/ /learn/tasks/ /learn/record/ /graduation/ /certificates/ /cases/ /inbox/
        /me/openings/
    """,
    "zhixia": """
        / to:/applications/ /applications/{zhixia}/ /applications/{zhixia}/receipt/ /applications/{zhixia}/print/
        /applications/{zhixia}/baseline/ /applications/{zhixia}/letters/{letter}/ /choices/{offer}/withdraw/
        to:/programmes/liangxing/apply/ /learn/
    """,
    "ruogu": "/applications/{ruogu}/ /applications/{ruogu}/form/evidence/ /applications/{ruogu}/check/",
    "xiaoxi": "/applications/{xiaoxi}/ /programmes/liangxing/apply/",
    "xiaoyu": """
        /learn/ /graduation/{graduate}/ to:/certificates/ /certificates/{credential}/ /learn/record/ /courses/casework/
    """,
    "changgeng": "/certificates/{replaced}/ to:/certificates/",
    "nanxing": """
        /learn/ /learn/tasks/ /cases/ /work/submissions/{twice}/ /work/submissions/{twice}/versions/2/
        /graduation/{late}/
    """,
    # states that few are in, by the user name of one who is
    "{waitlisted}": "/applications/{waitlisted_application}/ /learn/",
    "{declined}": "/applications/{declined_application}/",
    "{withdrawn}": "/applications/{withdrawn_application}/",
    "{confirmed}": "/applications/{confirmed_application}/ /learn/ to:/graduation/ /cases/new/",
    "{failed}": "/work/attempts/{failed_result}/result/ /work/quizzes/{failed_quiz}/",
    "{closed}": "/cases/{closed_case}/ /cases/{closed_case}/consent/ /work/submissions/{closed_submission}/",
    "{revoked}": "/certificates/{revoked_credential}/",
    "{guarded}": """
        /accounts/2fa/ /accounts/2fa/recovery-codes/ /accounts/2fa/recovery-codes/generate/
        /accounts/2fa/totp/deactivate/ /accounts/2fa/reauthenticate/ /me/
    """,
    "staff": """
        /desk/ /desk/admissions/ /desk/admissions/intakes/{selecting}/ /desk/admissions/intakes/{decided}/
        /desk/admissions/intakes/{decided}/?state=waitlisted /desk/admissions/choices/{choice}/
        /desk/admissions/choices/{asked}/ /desk/cases/supervision/ /desk/cases/supervision/{learning}/
        /desk/cases/register/ /desk/cases/register/{returned_case}/ /desk/cases/register/{closed_case}/
        /desk/cases/register/{erased_case}/ /desk/learners/ /desk/learners/?page=2 /desk/learners/{enrolment}/
        /desk/learners/{enrolment}/withdraw/ /desk/learners/{enrolment}/readmit/ /desk/learners/{enrolment}/name/
        /desk/graduation/ /desk/graduation/intakes/{learning}/ /desk/graduation/intakes/{finished}/
        /desk/graduation/intakes/{learning}/excuses/
        /desk/graduation/intakes/{learning}/excuses/{required}/substitute/ /desk/graduation/learners/{enrolment}/
        /desk/graduation/learners/{graduate}/ /desk/credentials/ /desk/credentials/intakes/{finished}/
        /desk/credentials/{credential}/ /desk/deliveries/ /admin/ /admin/programme/ /admin/intake/ /admin/track/
        /admin/cohort/ /admin/organisation/ /admin/intake/new/ /me/ 404:/desk/nothing/
    """,
    "director": """
        /desk/ /desk/graduation/ /desk/credentials/{credential}/ /desk/credentials/{credential}/revoke/
        /desk/credentials/{credential}/replace/ /desk/credentials/{revoked_credential}/
        /desk/cases/register/?show=kept /desk/cases/register/{returned_case}/
        /admin/grant/ /admin/grant/new/ /admin/grant/edit/{grant_pk}/
    """,
    "host": "/desk/ /desk/graduation/intakes/{learning}/ /desk/credentials/",
    "scorer": "/desk/ /desk/admissions/to-score/ /desk/admissions/choices/{choice}/",
    "supervisor": """
        /desk/ /desk/cases/hours/ /desk/marking/ /desk/marking/?show=done
        /desk/marking/{to_grade}/ /desk/marking/{twice}/ /desk/marking/{twice}/versions/1/ /cases/{returned_case}/
        /cases/{returned_case}/consent/ /desk/marking/{closed_submission}/ /desk/cases/{returned_case}/duty/
        /desk/learners/ /desk/learners/{enrolment}/ /graduation/{enrolment}/
    """,
    "instructor": """
        /desk/ /desk/marking/ /desk/marking/{letter_to_grade}/ /desk/marking/quizzes/
        /desk/marking/quizzes/{crisis_quiz}/ 404:/desk/learners/ /courses/crisis/ /admin/
        /admin/pages/{course_page_pk}/ /admin/pages/{course_page_pk}/edit/ /admin/pages/{lesson_page_pk}/edit/
        /admin/pages/{quiz_page_pk}/edit/ /admin/questions/ /admin/questions/new/ /admin/questions/new/?type=single
        /admin/questions/new/?type=multiple /admin/questions/new/?type=true_false
        /admin/questions/new/?type=short_answer /admin/questions/new/?type=ordering
        /admin/questions/new/?type=matching /admin/questions/edit/{question_pk}/ /admin/reports/law-review/
        /admin/images/ /admin/account/
    """,
    "reviewer": "/desk/ /admin/ /admin/pages/{module_page_pk}/ /admin/reports/workflow/",
    "reader": "/desk/ 404:/desk/learners/",
    "admin": """
        /admin/ /admin/graduation_policy/ /admin/graduation_policy/edit/{policy_pk}/ /admin/rubrics/
        /admin/rubrics/edit/{rubric_pk}/ /admin/snippets/admissions/lettertemplate/
        /admin/snippets/admissions/lettertemplate/edit/{template_pk}/ /admin/programme/edit/{programme_pk}/
        /admin/users/ /admin/users/new/ /admin/users/edit/{user_pk}/ /admin/reports/site-history/
    """,
    # the password is given, the code is not
    "{guarded} halfway": "/accounts/2fa/authenticate/",
}
# reading, quizzes and forms, as a browser without JavaScript shows them
SCRIPTLESS = {
    "mingyue": "/work/attempts/{attempt}/ /work/attempts/{attempt}/check/ /learn/ /learn/tasks/",
    "": """
        / /courses/ /courses/search/?q=保护 /accounts/login/ /accounts/signup/ /accounts/password/reset/
        /certificates/verify/ /certificates/verify/{code}/ 404:/nothing/
    """,
    "learner": """
        /courses/crisis/ {lesson} /courses/crisis/m2/suicide-and-self-harm/ /work/attempts/{result}/result/
        /work/submissions/{returned}/ /work/submissions/{returned}/parts/intake/
        /work/submissions/{returned}/parts/assessment/ /work/submissions/{returned}/parts/plan/
        /work/submissions/{returned}/parts/work/ /work/submissions/{returned}/check/
        /work/submissions/{returned}/versions/1/receipt/ /cases/new/ /cases/hours/
        /cases/{fresh_case}/consent/guardian/ /graduation/{enrolment}/ /learn/record/ /me/edit/
    """,
    "newcomer": """
        /applications/{newcomer}/ /applications/{newcomer}/form/person/ /applications/{newcomer}/form/experience/
        /applications/{newcomer}/form/evidence/ /applications/{newcomer}/check/ /applications/{newcomer}/print/
    """,
    "supervisor": "/desk/marking/{to_grade}/ /desk/cases/hours/",
    "staff": "/desk/ /desk/admissions/choices/{choice}/ /desk/graduation/intakes/{learning}/ /desk/learners/",
}
ERRORS = (400, 403, "403_csrf", 413, 429, 500, 503)

# name of an address: why nobody reads it as a page
SENT = "only takes what a form sends"
FILE = "a file"
NOT_PAGES = {
    "healthz": "for machines",
    "readyz": "for machines",
    "learn:sw": "a script",
    "people:arrive": "leads on after signing in",
    "account_set_password": "everybody has a password",
    "account_confirm_login_code": "nobody signs in by a code",
    "mfa_download_recovery_codes": FILE,
    "mfa_login_webauthn": SENT,
    "mfa_reauthenticate_webauthn": "the passkey's journey",
    "mfa_edit_webauthn": "the passkey's journey",
    "mfa_remove_webauthn": "the passkey's journey",
    "assessments:attempt_state": "for the page's own script",
    "media:upload": "for the page's own script",
    "wagtailcore_authenticate_with_password": SENT,
    "media_file": FILE,
    "media:file": FILE,
    "admissions:qr": "a picture",
    "credentials:pdf": FILE,
    "learn:record_xlsx": FILE,
    "desk_learn:export": FILE,
    "desk_admissions:export": FILE,
    "desk_assessments:quiz_spreadsheet": FILE,
    "desk_credentials:download": FILE,
    "wagtail_serve": "what stands in no course, in the table as 404",
    "wagtailcore_login": "leads to the only page where one signs in",
}


def table(pages=PAGES):
    """(who, status, address) of every page; the status is "to" when it leads on to another address."""
    for who, addresses in pages.items():
        for one in addresses.split():
            status, colon, address = one.partition(":/")
            yield (who, status, f"/{address}") if colon else (who, "200", one)
