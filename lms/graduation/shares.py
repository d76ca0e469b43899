"""The share of indirect service that a policy allows, told to the pages of casework."""

import json

from lms.casework.counting import indirect_shares
from lms.graduation.criteria import configured
from lms.graduation.criteria.service_hours import ServiceHours
from lms.graduation.evaluation import lines_in_force


@indirect_shares.register
class PolicyShare:
    key = "graduation"

    @staticmethod
    def shares(enrolments):
        """As the policy in force says; nothing where it asks for no hours."""
        lines = lines_in_force({one.intake_id: one.intake for one in enrolments}.values())
        found = {}
        for one in enrolments:
            settings = next((given for key, given in lines[one.intake_id] if key == ServiceHours.key), None)
            if settings is not None:
                found[one.pk] = configured(ServiceHours.key, json.loads(settings)).indirect
        return found
