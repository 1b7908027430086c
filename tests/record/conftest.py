"""A record with a life in it, a notary, and the office."""

import pytest

from bot.domain.quorum import Decision
from bot.record.checkpoints import Notary
from bot.record.signing import Signer, make_signer
from tests.conftest import CLINICIAN, COMPLIANCE
from tests.office import Office, office

__all__ = ["office"]

AUDIT = "C0AUDIT"


@pytest.fixture
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return make_signer(tmp_path_factory.mktemp("key") / "countersign.audit-key")


@pytest.fixture
def notary(office: Office, signer: Signer) -> Notary:
    return Notary(office.desk, lambda: signer, office.chat, AUDIT)


@pytest.fixture
def full(office: Office) -> Office:
    """An office with one tweet that is out and one draft that was changed and rejected."""
    office.published("Flu jabs start on Monday.")
    draft = office.draft("Sleep eight hours.")
    office.edit(draft, "Sleep seven to nine hours.")
    office.decide(draft, CLINICIAN)
    office.decide(draft, COMPLIANCE, Decision.REJECT, "No source <script>alert(1)</script>")
    return office
