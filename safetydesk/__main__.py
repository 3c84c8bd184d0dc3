"""python -m safetydesk"""

import sys

from safetydesk.cli import main

sys.exit(main())
