"""What a process must not carry before it needs it."""

import subprocess
import sys

HEAVY = ("authlib", "webauthn", "icalendar", "holidays", "pywebpush", "http_ece", "py_vapid", "slack_bolt", "alembic")
LOADED = """
import sys
import service.app, service.worker
from service import bootstrap
from service.settings import Settings
bootstrap.read_ahead(Settings.model_validate({"integrations": "mail,slack,github,gitlab,calendar,push"}))
print(*sorted(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_what_few_requests_need_is_read_when_one_comes() -> None:
    found = subprocess.run([sys.executable, "-c", LOADED, *HEAVY], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
