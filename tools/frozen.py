"""Rebuilds what tests/frozen keeps of the files, pages and reports that go out of the house.

Run it when they change on purpose, look at the difference, and commit that with a line
`Figures-changed: <why>` in the message; a test refuses a commit without it.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Rebuild the outputs and show which of them changed."""
    tests = [sys.executable, "-m", "pytest", "-q", "-n", "0", "tests/frozen"]
    environment = os.environ | {"MEEDOEN_REBUILD_FROZEN": "1"}
    done = subprocess.run(tests, cwd=ROOT, env=environment, check=False)
    if done.returncode == 0:
        subprocess.run(["git", "status", "--short", "tests/frozen"], cwd=ROOT, check=False)
        print("Commit this with a line “Figures-changed: <why>” in the message.")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
