"""What happens to private files, told upward."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileTakenBack:
    """Somebody took a file away from what it was added to. ``kept``: its bytes stay, something handed in has them."""

    file_id: int
    kept: bool
