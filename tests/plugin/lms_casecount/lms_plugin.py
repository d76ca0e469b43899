"""What this plugin contributes. Each module registers what it holds by being imported."""

from lms_casecount import criterion, estimate, timeline  # noqa: F401
