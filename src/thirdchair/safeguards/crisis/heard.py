"""What a trained reader makes of a text, before it is weighed with what the rules read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Heard:
    """Log-odds, not yet calibrated.

    Args:
        ladder: (6,), the k-th for level k + 1 or more; the highest of any part of the text.
        dangers: (5,), one for each of `OTHER_DANGERS`, in that order.
        start, end: the stretch of the text that weighed most.
    """

    ladder: NDArray[np.float64]
    dangers: NDArray[np.float64]
    start: int
    end: int
