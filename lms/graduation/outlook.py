"""What is missing for graduation, told to the learner's home page."""

from lms.graduation.evaluation import evaluate
from lms.progress.outlook import Line, outlooks


@outlooks.register
class GraduationOutlook:
    key = "graduation"

    @staticmethod
    def lines(enrolments, now):
        """A line for every criterion of the policy; those that are met say so."""
        return {
            pk: [Line(row.met, str(row.todo or row.label), str(row.verdict.reason), row.url) for row in rows]
            for pk, rows in evaluate(enrolments).items()
        }
