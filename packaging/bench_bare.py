"""The yardstick: a bare PySide6 window that ends at its first paint and reports its memory."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class BareWindow(QWidget):
    """Ends the process when it is painted."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Report and end."""
        status = Path("/proc/self/status").read_text(encoding="ascii")
        print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")), flush=True)
        os._exit(0)


application = QApplication([])
window = BareWindow()
window.resize(1440, 900)
window.show()
application.exec()
