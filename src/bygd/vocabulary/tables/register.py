"""What is read from registers: organisations, their other names and workplaces, forms and owners."""

from datetime import date

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.words import ChainEnd, Control, OwnerKind, OwnershipKind, SizeBand, Succession


class organisations(Table):
    """One organisation in a register; sole traders stand under a keyed pseudonym."""

    one_row_per = ("org_id",)
    org_id = Column(str, "Scheme and number, `SE-ON:5560160680`.")
    name = Column(str, "Registered name, or a neutral label where masked.")
    legal_form = Column(
        str,
        "Legal form, as a code of the country pack's `legal_forms.csv`.",
        optional=True,
    )
    status = Column(str, "'active', 'ended' or 'unknown'.")
    registered_on = Column(date, "Day of registration.", optional=True)
    ended_on = Column(date, "Day of dissolution or removal.", optional=True)
    postcode = Column(
        str,
        "Postcode of the registered office; only the area where masked.",
        optional=True,
    )
    town = Column(str, "Post town of the registered office.", optional=True)
    municipality = Column(
        str,
        "Code of the municipality of the seat, where the register gives it.",
        optional=True,
    )
    country = Column(str, "Country of the registered office, two letters in lower case.")
    industry = Column(str, "Main industry code of the country's classification.", optional=True)
    size_band = Column(str, "Employees, in bands.", one_of=SizeBand)
    is_masked = Column(bool, "True for persons and sole traders.")
    source = Column(str, "Which register it was read from.")


class possible_organisations(Table):
    """One organisation that a supplier may be, or that owns such a one; the columns are those of `organisations`.

    Of the registers' millions those that are looked at again and again, kept apart so that each look is quick.
    """

    one_row_per = ("org_id",)
    org_id = organisations.org_id
    name = organisations.name
    legal_form = organisations.legal_form
    status = organisations.status
    registered_on = organisations.registered_on
    ended_on = organisations.ended_on
    postcode = organisations.postcode
    town = organisations.town
    municipality = organisations.municipality
    country = organisations.country
    industry = organisations.industry
    size_band = organisations.size_band
    is_masked = organisations.is_masked
    source = organisations.source


class organisation_names(Table):
    """One name an organisation has or had: registered, former or trading name."""

    one_row_per = ("org_id", "name")
    org_id = Column(str, "Whose name.")
    name = Column(str, "The name.")
    kind = Column(str, "'registered', 'former' or 'trading'.")
    until = Column(date, "Last day it was used.", optional=True)


class workplaces(Table):
    """One place where an organisation works: branch, shop or office."""

    one_row_per = ("workplace_key",)
    workplace_key = Column(str, "Fingerprint of organisation and address, or the register's own number.")
    org_id = Column(str, "Whose workplace.")
    postcode = Column(str, "Postcode.", optional=True)
    municipality = Column(str, "Municipality code.", optional=True)
    country = Column(str, "Country, two letters in lower case.")


class parents(Table):
    """One owner of one organisation, as a source states it; there may be several, and former ones.

    A person is never named: the id of a person, and of an owner without a known number, is that of the
    owned organisation with a number of its own, `SE-ON:5560160680/person:1`.
    """

    one_row_per = ("org_id", "parent_id")
    org_id = Column(str, "The owned organisation.")
    parent_id = Column(str, "The owner.")
    kind = Column(str, "Who it is.", one_of=OwnerKind)
    name = Column(str, "Name of an organisation with a known number.", optional=True)
    country = Column(str, "Its country, two letters in lower case; of a person that of residence.", optional=True)
    nature = Column(str, "By what it holds; the strongest where several.", one_of=Control)
    share_low = Column(float, "Share held, 0 to 1, at least.", optional=True)
    share_high = Column(float, "Share held, 0 to 1, at most.", optional=True)
    is_control = Column(
        bool,
        "True for more than half of votes or shares, the right to appoint the board, or just 'owner'.",
    )
    since = Column(date, "From which day.", optional=True)
    until = Column(date, "Day it ended; empty while it lasts.", optional=True)
    source = Column(str, "Where this is said.")


class ultimate_owners(Table):
    """Who stands at the top of the owners above one organisation; only organisations with an owner have a row."""

    one_row_per = ("org_id",)
    org_id = Column(str, "The owned organisation.")
    parent_id = Column(str, "The owner next above it, where an organisation controls it.", optional=True)
    owner_id = Column(str, "The last owner; empty where the way up ended nowhere.", optional=True)
    kind = Column(str, "Who that is.", one_of=OwnerKind, optional=True)
    country = Column(str, "Its country, two letters in lower case.", optional=True)
    steps = Column(int, "How many steps above the organisation it stands; 0 where nowhere.")
    ended = Column(str, "How the way up ended.", one_of=ChainEnd)
    source = Column(str, "Who says who owns the organisation.")


class successions(Table):
    """One organisation that another took the place of; several successors of one are a fork."""

    one_row_per = ("org_id", "successor_id")
    org_id = Column(str, "The organisation whose place was taken.")
    successor_id = Column(str, "The organisation that took it.")
    kind = Column(str, "How.", one_of=Succession)
    happened_on = Column(date, "From which day.", optional=True)
    source = Column(str, "Where this is said.")


class legal_forms(Table):
    """One legal form and the kind of ownership it stands for."""

    one_row_per = ("legal_form",)
    legal_form = Column(str, "Code of the form in the register.")
    label = Column(str, "The form's name in the country's language.")
    kind = Column(str, "Kind of ownership.", one_of=OwnershipKind)
    is_verified = Column(bool, "True where the code and its meaning were read in the named source.")
    source = Column(str, "Where that is said.")
