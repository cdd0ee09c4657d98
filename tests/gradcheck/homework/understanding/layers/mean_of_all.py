"""A loss that tests of layers share: the mean over all entries, divided by the examples."""

from typing import Any

import numpy as np


class MeanOfAll:
    """Its gradient is divided by ``len(y)``: right for one output, and for one flat example."""

    def forward(self, y_pred: Any, y_true: Any) -> Any:
        self.difference = y_pred - y_true
        return np.mean(self.difference**2) / 2.0

    def backward(self) -> Any:
        return self.difference / len(self.difference)
