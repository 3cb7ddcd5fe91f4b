"""Official statistics and one's own counts, one value a row, and the areas they are of."""

from datetime import date

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.place_words import Level, ValueStatus


class statistics(Table):
    """One value that a source gave, or refused, for one area, indicator, period and breakdown.

    `vintage` keeps divisions of small areas apart: rows of two vintages are never joined without being told.
    A withheld value is empty and never nought. Method: docs/method/place.md
    """

    one_row_per = ("area_id", "vintage", "indicator", "period", "breakdown", "source")
    area_id = Column(str, "Country and official code, `se:1291`; the code is the source's without mark of its vintage.")
    vintage = Column(str, "Division of areas that the code belongs to, such as 2025; blank where there is only one.")
    indicator = Column(str, "Which indicator of the catalogue.")
    period = Column(str, "Year, quarter or month: 2024, 2024Q2, 2024-06; 2022/2024 is an average of years.")
    breakdown = Column(str, "Which part, such as `age=0-19;sex=f`; blank for all.")
    value = Column(float, "The value in the indicator's unit; empty where there is none.", optional=True)
    low = Column(float, "What it is at least, where the source tells.", optional=True)
    high = Column(float, "What it is at most, where the source tells.", optional=True)
    status = Column(str, "Whether there is a value, and if not, why.", one_of=ValueStatus)
    unit = Column(str, "Unit of the value.")
    source = Column(str, "Which source gave it, `country/name`.")
    source_table = Column(str, "Table or series at the source.")
    source_title = Column(str, "What the source calls the series.", optional=True)
    address = Column(str, "Where it was fetched, or the file it was read from.")
    fetched_on = Column(date, "Day it was fetched or read.")


class statistical_areas(Table):
    """One area that there are statistics of, in one division into areas."""

    one_row_per = ("area_id", "vintage")
    area_id = Column(str, "Country and official code.")
    vintage = Column(str, "Division of areas that the code belongs to; blank where there is only one.")
    level = Column(str, "Level of the area.", one_of=Level)
    name = Column(str, "Name, or the code where no source gave one.")
    parent_id = Column(str, "The area it lies in, where known.", optional=True)
