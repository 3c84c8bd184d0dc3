"""python -m safetydesk"""

import multiprocessing
import sys

from safetydesk.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # old workbooks are read in a process of their own
    sys.exit(main())
