"""The report of a run: one page a clinician can read, on screen and on paper, every number with interval, n and source."""

from thirdchair_lab.report.contents import contents
from thirdchair_lab.report.page import page
from thirdchair_lab.report.printed import printed

__all__ = ["contents", "page", "printed"]
