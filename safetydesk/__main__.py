"""python -m safetydesk"""

import sys

from safetydesk.cli import main

if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # old workbooks are read in a process of their own
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main())
