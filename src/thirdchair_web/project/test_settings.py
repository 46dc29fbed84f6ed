"""Settings for tests: one SQLite file in a throw-away folder, a fast password hash, no limits on sign-in.

A process started by a test inherits the folder through THIRDCHAIR_TEST_DATA_DIR and so sees the same database.
"""

import atexit
import os
import shutil
import tempfile

if "THIRDCHAIR_TEST_DATA_DIR" not in os.environ:
    os.environ["THIRDCHAIR_TEST_DATA_DIR"] = tempfile.mkdtemp(prefix="thirdchair-tests-")
    atexit.register(shutil.rmtree, os.environ["THIRDCHAIR_TEST_DATA_DIR"], ignore_errors=True)
os.environ.update(
    # Tests that run side by side share nothing: keys, anchors and session files lie in the data folder too.
    THIRDCHAIR_DATA_DIR="/".join(
        [os.environ["THIRDCHAIR_TEST_DATA_DIR"], os.environ.get("PYTEST_XDIST_WORKER", "")]
    ),
    THIRDCHAIR_DATABASE_URL=os.environ.get("THIRDCHAIR_TEST_DATABASE_URL", ""),
    THIRDCHAIR_SECRET_KEY="only-for-tests-" + "x" * 40,
    THIRDCHAIR_ALLOWED_HOSTS="127.0.0.1,localhost",
    THIRDCHAIR_DEBUG="false",
    THIRDCHAIR_LANGUAGE="en",
    THIRDCHAIR_TIME_ZONE="UTC",
    THIRDCHAIR_PLACES="XX",
    THIRDCHAIR_CLINIC_NAME="Test clinic",
)

from thirdchair_web.project.settings import *  # noqa: F403
from thirdchair_web.project.settings import (
    ACCOUNT_RATE_LIMITS,
    DATA_DIR,
    DATABASES,
    STORAGES,
)

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the threads and processes of a test see one database.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SIGN_IN_LIMITS = ACCOUNT_RATE_LIMITS  # for the tests that turn them on
ACCOUNT_RATE_LIMITS = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
