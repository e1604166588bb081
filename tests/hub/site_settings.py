"""The site's settings for tests: a data folder of their own, quick passwords; everything else as people run it."""

import os
import tempfile

os.environ["HANDSLAG_HOME"] = os.environ.get("HANDSLAG_TEST_HOME") or tempfile.mkdtemp(prefix="handslag-test-")
os.environ.pop("HANDSLAG_TEAM", None)

from handslag_hub.site.settings import *  # noqa: F403 - the folder must be named before the settings are read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# WhiteNoise warns of a folder that is not there; a hub that runs has it.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - from the settings
