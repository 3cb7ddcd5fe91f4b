"""Who suppliers are: groups, candidates and links."""

from decimal import Decimal

from bygd.vocabulary.columns import Column, Table
from bygd.vocabulary.words import GroupBasis, LinkStage, LinkState, OwnershipKind, Reopened


class supplier_groups(Table):
    """One ledger supplier that is one organisation with other ledger suppliers, and its group.

    Suppliers of earlier ledgers that a decision names are members too; see remembered_suppliers.
    """

    one_row_per = ("supplier_key",)
    supplier_key = Column(str, "Which supplier; suppliers that are alone have no row.")
    group_key = Column(str, "The group: the least supplier_key among its members.")
    basis = Column(str, "The strongest tie of this supplier to the others.", one_of=GroupBasis)
    number_id = Column(str, "Its own organisation number as an org_id, where a valid one is written.", optional=True)


class link_candidates(Table):
    """One organisation that a supplier may be, with score and evidence."""

    one_row_per = ("supplier_key", "org_id")
    supplier_key = Column(str, "Which supplier.")
    org_id = Column(str, "Which organisation.")
    stage = Column(str, "Which step proposed it.", one_of=LinkStage)
    score = Column(float, "How alike, 0 to 1.")
    position = Column(int, "Rank among the supplier's candidates, best is 1.")
    evidence = Column(str, "What agreed and disagreed, as JSON: feature → value.")


class links(Table):
    """One supplier and the organisation it was found to be, or why none was."""

    one_row_per = ("supplier_key",)
    supplier_key = Column(str, "Which supplier.")
    org_id = Column(str, "Which organisation; empty unless the state is 'linked'.", optional=True)
    state = Column(str, "What is known.", one_of=LinkState)
    stage = Column(str, "Which step decided.", one_of=LinkStage)
    score = Column(float, "Score of the link or of the best candidate.", optional=True)
    margin = Column(float, "Distance to the runner-up.", optional=True)
    candidate_id = Column(str, "The best candidate, linked or not.", optional=True)
    runner_up_id = Column(str, "The second best.", optional=True)
    evidence = Column(str, "Why, as JSON: feature → value.")
    group_key = Column(str, "Its group of suppliers, where it has one; see supplier_groups.", optional=True)
    member_key = Column(str, "The other supplier of its group whose link or decision it follows.", optional=True)
    workplace_key = Column(str, "The organisation's workplace at the ledger's postcode.", optional=True)
    is_contested = Column(bool, "True where people's last words on the supplier contradict each other.")
    reopened = Column(
        str, "Why a decided case is to be looked at again, but for contests.", one_of=Reopened, optional=True
    )


class ownerships(Table):
    """Whose one supplier is, what it works with and how large it is."""

    one_row_per = ("supplier_key",)
    supplier_key = Column(str, "Which supplier.")
    ownership = Column(str, "Kind of ownership.", one_of=OwnershipKind)
    legal_form = Column(str, "Legal form code, where known.", optional=True)
    industry = Column(str, "Industry code, where known.", optional=True)
    size_band = Column(str, "Employees, in bands; 'unknown' where not known.")
    basis = Column(str, "What it rests on: override, masked, country, owner, legal form, number, none.")
    ultimate_owner_id = Column(str, "The last known owner above it; empty where not known.", optional=True)
    ultimate_country = Column(str, "That owner's country; empty where not known.", optional=True)
    source = Column(str, "Where that is said.")


class doubts(Table):
    """One supplier that could not be resolved or placed: the review queue.

    A decision on one supplier of a group settles the group, so `worth`, `shrink` and `effort` are those
    of the whole case and stand in each of its rows. Method: docs/method/review.md
    """

    one_row_per = ("supplier_key",)
    supplier_key = Column(str, "Which supplier.")
    case_key = Column(str, "The case it belongs to: its group, or itself.")
    anchor = Column(str, "Whose ledger.")
    name = Column(str, "Name as written.")
    amount = Column(Decimal, "Procurement money at stake, in the currency of most payments.")
    state = Column(str, "What is known about who it is.", one_of=LinkState)
    candidate_id = Column(str, "Best candidate.", optional=True)
    candidate_name = Column(str, "Its name.", optional=True)
    candidate_place = Column(str, "Its municipality.", optional=True)
    score = Column(float, "Its score.", optional=True)
    margin = Column(float, "Distance to the runner-up.", optional=True)
    width = Column(Decimal, "Money by which it widens the range of the headline.")
    found = Column(float, "Probability that a person's decision places it.")
    worth = Column(Decimal, "Money of range that a decision on its case is expected to take away.")
    shrink = Column(float, "The same as a share of procurement; empty where there is none.", optional=True)
    effort = Column(float, "Minutes that a decision on its case is expected to take.")
    position = Column(int, "Place in the queue, most range a minute first.")
