"""A chart as a picture: drawn anew, it is the same bytes."""

from __future__ import annotations

import io
import warnings
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from caseload_balancer.arguments import checked, whole
from caseload_balancer.charts.subjects import some_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ONE_AT_A_TIME: Final = Lock()
_SETTINGS: Final[dict[Any, Any]] = {"svg.hashsalt": "caseload_balancer", "svg.fonttype": "path"}
_NOTHING_OF_THE_RUN: Final = {"Date": None, "Creator": None}
_DENSE: Final = 160


@checked(axes=some_axes)
def svg(axes: Axes) -> str:
    """Return the figure of a chart as SVG: text as shapes, so that no font is needed to read it.

    For a page, as the ``src`` of an image: inline, two charts would share ids.

    Parameters
    ----------
    axes
        What a chart returned.

    Returns
    -------
    str
        A whole document, with the same bytes whenever the chart is drawn anew: no date, no
        random id.
    """
    return _saved(axes, "svg", dpi=72, metadata=_NOTHING_OF_THE_RUN).decode()


@checked(axes=some_axes, dpi=whole(10, 1200))
def png(axes: Axes, *, dpi: int = _DENSE) -> bytes:
    """Return the figure of a chart as PNG.

    Parameters
    ----------
    axes
        What a chart returned.
    dpi
        Pixels an inch; a chart is 6.4 inches wide.

    Returns
    -------
    bytes
        The file.
    """
    return _saved(axes, "png", dpi=dpi, metadata={"Software": None})


def _saved(axes: Axes, kind: str, *, dpi: int, metadata: dict[str, None]) -> bytes:
    from matplotlib import rc_context  # noqa: PLC0415 - an extra

    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("the axes have been taken off their figure")
    written = io.BytesIO()
    # The settings are matplotlib's own for all threads: set for a moment, by one of ours at a time.
    with _ONE_AT_A_TIME, rc_context(_SETTINGS), warnings.catch_warnings():
        # A letter that the font has not got is a box; that is no reason to stop a plan's page.
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        figure.savefig(written, format=kind, dpi=dpi, metadata=metadata)
    return written.getvalue()
