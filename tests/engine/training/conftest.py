"""The training scripts lie in no package: they are found as they are when `make model` runs them."""

import sys
from pathlib import Path

TRAINING = Path(__file__).resolve().parents[3] / "training"

if str(TRAINING) not in sys.path:
    sys.path.insert(0, str(TRAINING))
