"""Which events somebody is told about. Every subscriber writes its messages in the publisher's transaction.

Who reads the desk anyway (staff, for seats and applications) finds there what waits; they get no message for it.
"""

from lms.notifications.subscriptions import admission, casework, graduation, roles, study, submissions  # noqa: F401
