"""Where things are: areas, postcodes and the seats of suppliers."""

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.words import Ring


class areas(Table):
    """One area of the hierarchy neighbourhood ⊂ municipality ⊂ county ⊂ country."""

    one_row_per = ("area_id",)
    area_id = Column(str, "Country and official code, `se:1291`.")
    level = Column(str, "Which ring of the hierarchy.", one_of=Ring)
    name = Column(str, "Name in the country's language.")
    parent_id = Column(str, "The area it lies in.", optional=True)
    deprivation_decile = Column(int, "1 = most deprived tenth, where known.", optional=True)


class postcodes(Table):
    """One postcode, or postcode area, and the smallest area it lies in."""

    one_row_per = ("country", "postcode")
    country = Column(str, "Two letters in lower case.")
    postcode = Column(str, "Letters and digits only, upper case.")
    neighbourhood_id = Column(str, "Small area.", optional=True)
    municipality_id = Column(str, "Municipality; empty where the source gives none.", optional=True)
    county_id = Column(str, "County or region.", optional=True)
    latitude = Column(float, "Degrees north, WGS 84.", optional=True)
    longitude = Column(float, "Degrees east, WGS 84.", optional=True)
    deprivation_decile = Column(int, "1 = most deprived tenth, where known.", optional=True)


class offices(Table):
    """One organisation that a supplier is or may be, and in which rings of the place it is found."""

    one_row_per = ("org_id",)
    org_id = Column(str, "Which organisation: one that is linked, or a candidate of a supplier that is not.")
    seat_id = Column(str, "Municipality of the registered office.", optional=True)
    seat_ring = Column(str, "Smallest ring of the place that holds the registered office.", one_of=Ring)
    branch_ring = Column(str, "Smallest ring that holds one of its workplaces.", one_of=Ring)
    how = Column(str, "What placed the two, in words; 'decided' where a person did.")


class seats(Table):
    """Where one supplier is, by registered office and by branch, and in which ring of the place."""

    one_row_per = ("supplier_key",)
    supplier_key = Column(str, "Which supplier.")
    seat_id = Column(str, "Municipality of the registered office.", optional=True)
    seat_ring = Column(str, "Smallest ring of the place that holds the registered office.", one_of=Ring)
    branch_id = Column(str, "Municipality of the ledger address or nearest workplace.", optional=True)
    branch_ring = Column(str, "Smallest ring that holds that branch.", one_of=Ring)
    either_ring = Column(str, "The smaller of the two rings that are known.", one_of=Ring)
    deprivation_decile = Column(int, "Decile of the branch, else of the seat.", optional=True)
    how = Column(str, "Which address and which file placed it, in words; 'decided' where a person did.")
