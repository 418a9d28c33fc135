"""Control characters, which a workbook writes as ``_x000D_``, for XML may not hold them."""

from __future__ import annotations

import re
from typing import Final

_CONTROL: Final = re.compile("_x(00[01][0-9A-Fa-f])_")


def unescaped(text: str) -> str:
    """Return a text with the control characters that openpyxl leaves as they are written.

    From ECMA-376, part 1, 22.9.2.19 (``ST_Xstring``). A letter that is written so stays: openpyxl
    has turned a typed ``_x0041_`` into the same.
    """
    return _CONTROL.sub(lambda found: chr(int(found[1], 16)), text) if "_x00" in text else text
