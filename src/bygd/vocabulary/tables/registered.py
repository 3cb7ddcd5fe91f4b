"""What registers count: organisations by where they have their seat."""

from datetime import date

from bygd.vocabulary.columns import Column, Table


class register_counts(Table):
    """How many organisations of a kind have their seat in one area, by the registers that were read.

    Legal persons alone: whoever is masked is in no count. Method: docs/method/place.md
    """

    one_row_per = ("area_id", "counted", "part", "period")
    area_id = Column(str, "Municipality, county or country, or a small area of the place's municipality.")
    counted = Column(str, "What: an indicator of the catalogue, such as firms_by_form.")
    part = Column(
        str, "Which part, such as `form=cooperative`; `seat=unknown` is what no area is told of; blank for all."
    )
    period = Column(str, "The year of it; blank for what stands in the register.")
    number = Column(int, "How many; empty where the registers hold too little to tell.", optional=True)
    most = Column(int, "How many at most, if all without known seat were here.", optional=True)
    told_on = Column(date, "The newest day that the registers know of.", optional=True)
