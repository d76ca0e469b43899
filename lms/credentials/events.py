"""What happens to credentials, told upward."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CredentialsIssued:
    """Credentials were issued, in one transaction with the decisions behind them, or as replacements."""

    credential_ids: tuple[int, ...]


@dataclass(frozen=True)
class CredentialEnded:
    """A credential was revoked or replaced; its ``state`` says which."""

    credential_id: int


@dataclass(frozen=True)
class PdfLost:
    """The storage has lost a credential's file, and what is made anew is not the same: a backup is needed."""

    credential_id: int
