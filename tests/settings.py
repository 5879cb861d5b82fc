"""Settings of the tests: those of the product, with what makes tests quick and quiet."""

import os
from pathlib import Path

os.environ.setdefault("MEEDOEN_SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("MEEDOEN_BSN_KEYS", "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=")
os.environ.setdefault("MEEDOEN_BSN_INDEX_KEY", "only-for-tests")

from meedoen.config.settings import *
from meedoen.config.settings import DATA_FOLDER, DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# The server of the browser tests finds files by their own names.
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = None
LOGGING = {"version": 1, "disable_existing_loggers": False}

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Tests open and drop databases; a pool would keep connections to them.
    DATABASES["default"]["OPTIONS"].pop("pool", None)
elif os.environ.get("MEEDOEN_TEST_FILE"):
    # A browser asks from other threads, which do not share a database in memory.
    DATABASES["default"]["TEST"] = {"NAME": Path(DATA_FOLDER) / "test.sqlite3"}

# Straight from the models: migrating takes each process ten seconds. That both ways lead to the
# same database is a test of its own.
DATABASES["default"].setdefault("TEST", {})["MIGRATE"] = False
